/**
 * The key by which budget numbers are the same: people write `4410 23`, `4410-23` or `441023`.
 * Letters count, in either case.
 */
export function normaliseBudget(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
}
