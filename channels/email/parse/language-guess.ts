import type { Language } from '../../../domain/index.ts';

const DUTCH =
  /\b(?:de|het|een|ik|je|u|wij|niet|en|van|voor|op|met|is|zijn|graag|kunnen|kunt|er|dat|deze|mijn|onze|groet(?:en)?|bedankt|beste|hallo)\b/gi;
const ENGLISH =
  /\b(?:the|a|an|i|you|we|not|and|of|for|on|with|is|are|please|can|could|there|that|this|my|our|regards|thanks|dear|hello)\b/gi;

/** A light guess by the commonest words, for when no better judge was handed in. */
export function guessLanguage(text: string): Language {
  const sample = text.slice(0, 4_000);
  return (sample.match(ENGLISH)?.length ?? 0) > (sample.match(DUTCH)?.length ?? 0) ? 'en' : 'nl';
}
