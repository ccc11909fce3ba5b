/** A name within a sentence: "koffieautomaat", but "AV in vergaderzalen". */
export function inSentence(name: string): string {
  return /^\p{Lu}[^\p{Lu}]/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
