/** Does something at once and again and again, one time after the other. @returns how to end it */
export function repeat(everyMs: number, work: () => Promise<unknown>, failed: (error: unknown) => void): () => Promise<void> {
  let under: Promise<unknown> | null = null;
  const go = () => {
    under ??= work()
      .catch(failed)
      .finally(() => {
        under = null;
      });
  };
  go();
  const timer = setInterval(go, everyMs);
  return async () => {
    clearInterval(timer);
    await under;
  };
}
