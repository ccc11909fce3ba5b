/** What a virus scanner says of a file. */
export type Verdict =
  | { readonly kind: 'clean' }
  /** With the name that the scanner gives to what it found. */
  | { readonly kind: 'infected'; readonly found: string }
  /** It was looked at and could not be judged (too large for the scanner). */
  | { readonly kind: 'unable'; readonly why: string }
  /** The scanner did not answer: ask again. */
  | { readonly kind: 'away'; readonly why: string };

export interface Scanner {
  /** Never throws because of the scanner; what reading the content throws comes through. */
  scan(content: AsyncIterable<Uint8Array>): Promise<Verdict>;
  /** Its version, for `loket doctor`. @throws when it does not answer */
  version(): Promise<string>;
}
