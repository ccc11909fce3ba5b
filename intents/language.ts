/**
 * Dutch or English. Function words decide (they are in nearly every sentence and in one language only); letter patterns and,
 * when the model learned it, the catalogue's own words help with the short ones ("printer kapot").
 */
import type { Language } from '../domain/index.ts';
import { fold } from './text.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that are common in one language and hardly occur in the other. */
const DUTCH = words(`
  de het een ik je jij u wij jullie zij ze hij mijn jouw onze ons hun van voor naar met bij uit aan op om te als dat dit deze die
  niet geen wel ook nog maar want dus omdat er hier daar waar hoe wat wie wanneer waarom welke hoeveel is zijn was waren wordt worden werd heb hebt heeft hebben had
  kan kun kunnen kunt zou zouden moet moeten mag mogen wil willen wilt gaat gaan doet doen graag alsjeblieft alstublieft aub bedankt dank hoi hallo dag groet groeten goedemorgen goedemiddag
  ja nee kapot stuk vandaag morgen gisteren volgende week iemand iets niks niets alles weer al even dan toen nu of tussen tegen tot door over onder
  kamer verdieping ruimte vergadering vraag melding nieuwe nieuw lukt krijg krijgen komt komen staat ligt zit vergeten werkt werken deur stoel zaal loket zeg hoor laat laten spreken medewerker collega mens`);
const ENGLISH = words(`
  the a an i you he she it we they my your our their his her its of for to from with at by on out as that this these those
  not no nor also still but because so there here where how what who when why which is are was were be been being has have had having
  can could would should must may might will do does did done please thanks thank hello hi hey bye regards morning afternoon
  yes broken today tomorrow yesterday next week someone somebody something nothing anything everything again already just then now or between against until through about under
  room floor meeting question new get gets got isn isnt don dont doesn doesnt can't won wont im i'm need want like working works forgot forgotten any some and if into me us door chair ticket`);

const DUTCH_SHAPES = /(ij|aa|uu|oe|ui|eeu|sch|tje|tjes|heid|lijk|aar|oor|eer|eld|ooi|ieuw)/;
const ENGLISH_SHAPES = /(th|wh|sh|ough|tion|ing$|ly$|ck|ea|ee[dk]$|ow|y$)/;

/** Positive for Dutch. `learned` is what the model's own language map says of the text, if it has one. */
export function languageOf(text: string, learned: number): { language: Language; confidence: number } {
  let score = 0;
  const found =
    fold(text)
      .slice(0, 2_000)
      .match(/[\p{L}']+/gu) ?? [];
  for (const word of found) {
    const dutch = DUTCH.has(word);
    const english = ENGLISH.has(word);
    if (dutch && !english) score += 1.6;
    else if (english && !dutch) score -= 1.6;
    else if (!dutch && !english && word.length > 2) {
      if (DUTCH_SHAPES.test(word)) score += 0.35;
      if (ENGLISH_SHAPES.test(word)) score -= 0.35;
    }
  }
  score += learned * 2;
  const confidence = 1 / (1 + Math.exp(-Math.abs(score)));
  // Dutch first: a message that says nothing about its language is read as Dutch.
  return { language: score >= -0.05 ? 'nl' : 'en', confidence };
}

/** Whether a word is only grammar; such words say little about a subject. */
export function isFunctionWord(word: string): boolean {
  return DUTCH.has(word) || ENGLISH.has(word);
}
