/**
 * A message -> what it does and asks. The envelope (greeting, thanks, signature) comes off, sentences that are a move are
 * set aside, what remains is cut where two products each stand on their own, and each part is classified.
 */
import type { Candidate, Language, Move, Question, Understanding } from '../domain/index.ts';
import { type Classified, classify, whyOf } from './classify.ts';
import { doesNotKnow } from './dont-know.ts';
import { kindOf } from './kind.ts';
import { languageOf } from './language.ts';
import type { Model } from './model.ts';
import { likelyMove } from './move-model.ts';
import { moveOf } from './moves.ts';
import { sparseScores } from './sparse.ts';
import { type Join, openEnvelope, type Piece, piecesOf, withoutJoiner } from './split.ts';
import { MAX_TEXT } from './text.ts';

/** What the conversation so far says about the message. */
export interface UnderstandContext {
  /** The language spoken so far, for messages that do not tell. */
  readonly language?: Language | undefined;
  /** The product last spoken of, for "en op de tweede verdieping ook". */
  readonly previousProduct?: string | undefined;
}

/** How sure a part must be of its product to be a question of its own, by what it begins with. */
const PART_CONFIDENCE: Readonly<Record<Join, number>> = { added: 0.25, sentence: 0.55, and: 0.6, comma: 0.85 };
/** The whole is this much surer than its weakest part: then it is one question. */
const WHOLE_MARGIN = 0.7;

const FOLLOW_UP =
  /^\W*(?:en|and|ook|also|maar|but|of|or|what about|how about|hoe zit het (?:met|dan)|zelfde|hetzelfde|dezelfde|same|nog een|another|idem)\b/iu;
const FOLLOW_UP_WORDS = 10;

/** Which moves matter more when a message makes several. */
const MOVE_ORDER: readonly Move[] = ['cancel', 'human', 'status', 'help', 'no', 'yes', 'thanks', 'goodbye', 'greeting'];

function detectLanguage(
  model: Model,
  text: string,
  vector: Classified['vector'],
  context: UnderstandContext,
): { language: Language; confidence: number } {
  if (!/\p{L}/u.test(text)) return { language: context.language ?? 'nl', confidence: 0.5 };
  let learned = 0;
  if (model.language) {
    const out = new Float64Array(1);
    sparseScores(model.language, vector.ids, vector.values, out);
    learned = out[0] ?? 0;
  }
  const found = languageOf(text, learned);
  if (context.language !== undefined && context.language !== found.language && found.confidence < 0.7) {
    return { language: context.language, confidence: 1 - found.confidence };
  }
  return found;
}

function questionOf(model: Model, text: string, classified: Classified, context: UnderstandContext): Question {
  const previous = context.previousProduct;
  const follows =
    previous !== undefined && model.products.includes(previous) && classified.raw.words <= FOLLOW_UP_WORDS && FOLLOW_UP.test(text);
  if (follows && classified.confidence < 0.6) {
    const product = model.products.indexOf(previous);
    const confidence = Math.max(0.7, classified.confidence);
    const others = classified.top.filter((candidate) => candidate.product !== previous).slice(0, 4);
    return {
      text,
      product: previous,
      kind: kindOf(model.kind, text, product),
      confidence,
      top: [
        { product: previous, confidence },
        ...others.map((other) => ({ ...other, confidence: Math.min(other.confidence, 1 - confidence) })),
      ],
      why: whyOf(model, text, classified, product),
    };
  }
  return {
    text,
    product: classified.fits ? (model.products[classified.best] ?? null) : null,
    kind: kindOf(model.kind, text, classified.fits ? classified.best : -1),
    confidence: classified.confidence,
    top: classified.top,
    why: whyOf(model, text, classified, classified.best),
  };
}

interface Part {
  readonly text: string;
  readonly join: Join;
  readonly classified: Classified;
}

/** Groups neighbouring pieces that are about the same thing; a piece about nothing joins the one before it. */
function group(model: Model, pieces: readonly Piece[]): Part[] {
  const parts: { text: string; join: Join; product: number; sure: boolean }[] = [];
  for (const piece of pieces) {
    const classified = classify(model, withoutJoiner(piece.text));
    const sure = classified.confidence >= PART_CONFIDENCE[piece.join];
    const last = parts.at(-1);
    if (last && (!sure || !last.sure || last.product === classified.best)) {
      last.text += piece.glue + piece.text;
      if (sure && !last.sure) {
        last.product = classified.best;
        last.sure = true;
      }
    } else parts.push({ text: piece.text, join: piece.join, product: classified.best, sure });
  }
  return parts.map((part) => {
    const text = withoutJoiner(part.text);
    return { text, join: part.join, classified: classify(model, text) };
  });
}

/** The questions in a body: its parts when each stands on its own, else the whole. */
function segment(model: Model, body: string, whole: Classified): { text: string; classified: Classified }[] {
  const pieces = piecesOf(body);
  const one = [{ text: body, classified: whole }];
  if (pieces.length < 2) return one;
  const parts = group(model, pieces);
  if (parts.length < 2) return one;
  const distinct = new Map<number, Part>();
  for (const part of parts) {
    if (part.classified.confidence < PART_CONFIDENCE[part.join]) return one;
    const known = distinct.get(part.classified.best);
    if (!known) distinct.set(part.classified.best, part);
  }
  if (distinct.size < 2) return one;
  const weakest = Math.min(...Array.from(distinct.values(), (part) => part.classified.confidence));
  if (whole.confidence - weakest > WHOLE_MARGIN) return one;
  return [...distinct.values()];
}

/** A question about a product this sure is no move when it sounds a little like one, and when it sounds much like one. */
const NO_MOVE_CONFIDENCE = { faint: 0.4, wordy: 0.6, clear: 0.85 } as const;
/** Who says more than so many words seldom only makes a move. */
const WORDY = 9;
/** A move's score from which it sounds much like one. */
const CLEAR_MOVE = -0.2;

/** The move a text makes as a whole: by pattern, else by likeness when it is no question about a product. */
function moveIn(model: Model, text: string): Move | null {
  const move = moveOf(text);
  // Who gives an address answers something, whatever words stand in it.
  if (move || /\S@\S|:\/\//.test(text)) return move;
  const likely = likelyMove(model.moves, text);
  if (likely === null) return null;
  const classified = classify(model, text);
  const { clear, faint, wordy } = NO_MOVE_CONFIDENCE;
  const limit = likely.score < CLEAR_MOVE ? faint : classified.raw.words > WORDY ? wordy : clear;
  return classified.confidence >= limit ? null : likely.move;
}

/** Control characters out, runs of white space to one: the patterns that follow may then be simple and stay quick. */
function tidy(message: string): string {
  return message
    .slice(0, MAX_TEXT)
    .replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' || sign === '\r' ? '\n' : sign === '\u200D' ? sign : ' '))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** Understands a message. Never throws and takes bounded time, whatever the text. */
export function understand(model: Model, message: string, context: UnderstandContext = {}): Understanding {
  const text = tidy(message);
  const moves = new Set<Move>();
  const finish = (language: { language: Language; confidence: number }, questions: readonly Question[]): Understanding => ({
    language: language.language,
    languageConfidence: language.confidence,
    move: MOVE_ORDER.find((move) => moves.has(move)) ?? null,
    questions,
    model: model.id,
  });
  const whole = moveIn(model, text);
  if (whole) {
    moves.add(whole);
    return finish(detectLanguage(model, text, classify(model, text).vector, context), []);
  }
  if (doesNotKnow(text)) return finish(detectLanguage(model, text, classify(model, text).vector, context), []);
  const envelope = openEnvelope(text);
  if (envelope.greeted) moves.add('greeting');
  if (envelope.thanked) moves.add('thanks');
  if (envelope.answered) moves.add(envelope.answered);
  const kept: string[] = [];
  for (const sentence of envelope.body.split(/(?<=[.!?])\s+|\n+/)) {
    // The whole was no move.
    const move = sentence === text ? null : moveIn(model, sentence);
    if (move) moves.add(move);
    else if (/[\p{L}\p{N}]/u.test(sentence) && !doesNotKnow(sentence)) kept.push(sentence);
  }
  const body = kept.length === 0 ? '' : kept.join('\n').trim();
  const classified = classify(model, body);
  const language = detectLanguage(model, text, body === '' ? classify(model, text).vector : classified.vector, context);
  if (body === '') return finish(language, []);
  const parts = segment(model, body, classified);
  return finish(
    language,
    parts.map((part) => questionOf(model, part.text, part.classified, context)),
  );
}

/** How much weaker than the best a candidate may be and still be worth asking about. */
const CLOSE = 0.4;

/** The two or three products to ask between when they are close; empty when the best stands clear or nothing fits. */
export function closeCandidates(question: Question): readonly Candidate[] {
  // Somebody has chosen among them already.
  if (question.help?.assisted.chose) return [];
  const best = question.top[0];
  if (!best || question.product === null || best.product !== question.product || best.confidence >= 0.75) return [];
  const close = question.top.slice(0, 3).filter((candidate) => candidate.confidence >= best.confidence * CLOSE);
  return close.length >= 2 ? close : [];
}
