/**
 * Moves by likeness: a small linear map over the phrases of `move-examples.ts`, with the catalogue's questions as what is no
 * move. It hears what the patterns of `moves.ts` do not foresee ("ik kom er met jou niet uit"); patterns go first.
 */
import type { Move } from '../domain/index.ts';
import { MOVES } from '../domain/index.ts';
import { learnSpace, type RawFeatures, rawFeatures, type Space, vectorOf } from './features.ts';
import { type LinearOptions, rowsOf, trainLinear } from './linear.ts';
import { MOVE_EXAMPLES } from './move-examples.ts';
import { type Sparse, sparseOf, sparseScores } from './sparse.ts';
import { tokensOf } from './text.ts';

export interface MoveModel {
  readonly space: Space;
  readonly map: Sparse;
}

/** Longer text is never only a move. */
const MAX_WORDS = 14;
/** From what score a move is heard: with the patterns 93 % of the phrases moves are developed by, and 0.3 % of left-out catalogue questions misheard. */
const HEARD = -0.55;
/** Greetings are words that much else has too ("goede", "morgen"), and the patterns know nearly all of them. */
const GREETING_HEARD = -0.4;
const MAX_QUESTIONS = 5_000;

/** Words that are one and the same to a move: what was asked, who should answer it, and when that was. */
const SAME: readonly (readonly [string, RegExp])[] = [
  [
    '<case>',
    /^(?:melding(?:en)?|meldinkje|aanvra(?:ag|gen)|verzoek(?:en|je)?|ticket(?:s|je|jes)?|zaak|zaken|storingsmelding|klacht|incident|call|case|cases|request|requests|report|complaint|issue|inquiry|submission|indiening)$/,
  ],
  [
    '<person>',
    /^(?:mens|mensen|persoon|medewerk(?:er|ster)|collega|agent|operator|telefonist|leidinggevende|manager|supervisor|human|humans|person|employee|colleague|representative|staff)$/,
  ],
  [
    '<day>',
    /^(?:gisteren|eergisteren|vanochtend|vanmorgen|vanmiddag|maandag|dinsdag|woensdag|donderdag|vrijdag|yesterday|monday|tuesday|wednesday|thursday|friday)$/,
  ],
];

const sameWord = (token: string): string => SAME.find(([, words]) => words.test(token))?.[0] ?? token;

const featuresOfMove = (tokens: readonly string[]): RawFeatures => rawFeatures(['<begin>', ...tokens.map(sameWord), '<end>']);

/** Learns the moves against texts that are none. */
export function learnMoves(questions: readonly (readonly string[])[], options: LinearOptions): MoveModel {
  const step = Math.max(1, Math.ceil(questions.length / MAX_QUESTIONS));
  const others = questions.filter((_, at) => at % step === 0);
  const taught = MOVES.flatMap((move, label) =>
    MOVE_EXAMPLES[move].split(' / ').map((text) => ({ raw: featuresOfMove(tokensOf(text)), label })),
  );
  const rows = [...taught, ...others.map((tokens) => ({ raw: featuresOfMove(tokens), label: -1 }))];
  const space = learnSpace(rows.map((row) => row.raw));
  const vectors = rowsOf(
    rows.map((row) => vectorOf(space, row.raw)),
    rows.map((row) => row.raw),
  );
  const labels = Int32Array.from(rows, (row) => row.label);
  const linear = trainLinear(vectors, labels, Int32Array.from(rows.keys()), MOVES.length, space.hashes.length, options);
  return { space, map: sparseOf(linear, space.hashes.length) };
}

/** A move and how like it the text is: above 0 it is more like that move than like anything else. */
export interface LikelyMove {
  readonly move: Move;
  readonly score: number;
}

/** The move a short text is most like, or null when it is like none. */
export function likelyMove(model: MoveModel, text: string): LikelyMove | null {
  const tokens = tokensOf(text);
  if (tokens.length === 0 || tokens.length > MAX_WORDS) return null;
  const vector = vectorOf(model.space, featuresOfMove(tokens));
  const scores = new Float64Array(MOVES.length);
  sparseScores(model.map, vector.ids, vector.values, scores);
  let best = 0;
  scores.forEach((score, at) => {
    if (score > (scores[best] ?? 0)) best = at;
  });
  const move = MOVES[best];
  const score = scores[best] ?? -1;
  return move !== undefined && score > (move === 'greeting' ? GREETING_HEARD : HEARD) ? { move, score } : null;
}
