/** Which of a product's first-line answers fits a question: by likeness with how people ask for each. */
import type { Answer } from '../catalogue/index.ts';
import type { Language } from '../domain/index.ts';
import { featuresOf, learnSpace, type Space, type Vector, vectorOf } from './features.ts';
import { isFunctionWord } from './language.ts';
import { tokensOf } from './text.ts';

export interface FittingAnswer {
  readonly answer: Answer;
  /** Likeness, 0 to 1. */
  readonly score: number;
}

/** Likeness below which an answer would miss the question. */
const FITS = 0.3;

interface Prepared {
  readonly space: Space;
  readonly asked: readonly { readonly answer: Answer; readonly vector: Vector; readonly language: Language }[];
}

const prepared = new WeakMap<readonly Answer[], Prepared>();

/** Words of grammar are left out: "wat is de" must not make two questions alike. Question words stay ("hoe laat"). */
function subject(text: string): string {
  const tokens = tokensOf(text);
  const kept = tokens.filter((token) => !isFunctionWord(token) || /^(hoe|wat|waar|wanneer|wie|how|what|where|when|who)$/.test(token));
  return (kept.length > 0 ? kept : tokens).join(' ');
}

function prepare(answers: readonly Answer[]): Prepared {
  const known = prepared.get(answers);
  if (known) return known;
  const languages: readonly Language[] = ['nl', 'en'];
  const asked = answers.flatMap((answer) =>
    languages.flatMap((language) => answer.questions[language].map((text) => ({ answer, language, raw: featuresOf(subject(text)) }))),
  );
  const texts = answers.flatMap((answer) => languages.map((language) => featuresOf(subject(answer.text[language]))));
  const space = learnSpace([...asked.map(({ raw }) => raw), ...texts]);
  const made = { space, asked: asked.map(({ answer, language, raw }) => ({ answer, language, vector: vectorOf(space, raw) })) };
  prepared.set(answers, made);
  return made;
}

/** The answer whose questions are most like the text, or null when none is like it. */
export function bestAnswer(answers: readonly Answer[], text: string, language: Language): FittingAnswer | null {
  if (answers.length === 0) return null;
  const { space, asked } = prepare(answers);
  const vector = vectorOf(space, featuresOf(subject(text)));
  const dense = new Float32Array(space.hashes.length);
  vector.ids.forEach((id, at) => {
    dense[id] = vector.values[at] ?? 0;
  });
  let best: FittingAnswer | null = null;
  for (const candidate of asked) {
    let score = 0;
    candidate.vector.ids.forEach((id, at) => {
      score += (dense[id] ?? 0) * (candidate.vector.values[at] ?? 0);
    });
    if (candidate.language !== language) score *= 0.9;
    if (!best || score > best.score) best = { answer: candidate.answer, score };
  }
  return best && best.score >= FITS ? best : null;
}
