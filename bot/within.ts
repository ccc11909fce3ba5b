/**
 * Waits for a turn, but no longer than a channel may: the work goes on, and what fails after that is its own affair.
 * @returns the result, or `late`
 */
export async function within<Result>(work: Promise<Result>, ms: number): Promise<Result | 'late'> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(resolve, ms, 'late');
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
