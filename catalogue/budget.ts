/**
 * The key by which budget numbers are the same: people write `4410 23`, `4410-23` or `441023`.
 * Letters count, in either case.
 */
export function normaliseBudget(text: string): string {
  // Decomposed on both sides, because a capital may be composed where its small letter was not.
  return text
    .normalize('NFKD')
    .toUpperCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
