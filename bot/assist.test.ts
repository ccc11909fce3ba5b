import { beforeAll, describe, expect, it } from 'vitest';
import type { Case, Conversation, Effect, MessageId, Reply } from '../domain/index.ts';
import { type AssistedTurn, bestAnswer } from '../intents/index.ts';
import { assist, withPhrases } from './assist.ts';
import { decide } from './decide.ts';
import { countedIds, idOf } from './test/ids.ts';
import { EVA } from './test/simulator.ts';
import { NOW, type World, world } from './test/world.ts';

let all: World;
beforeAll(async () => {
  all = await world();
}, 120_000);

/** What was asked of the language model, and what it answers. */
interface Asked {
  readonly what: 'choose' | 'fill' | 'phrase';
  readonly text: string;
  readonly names: readonly string[];
  readonly of: readonly string[];
}

interface Given {
  readonly choose?: string | null;
  readonly fill?: Readonly<Record<string, string>>;
  readonly phrase?: (source: string) => string;
  readonly state?: Partial<Conversation['state']>;
}

async function turn(text: string, given: Given = {}) {
  const asked: Asked[] = [];
  const failed = { kind: 'failed', why: 'timeout' } as const;
  const turn: AssistedTurn = {
    choose: async (it, candidates) => {
      asked.push({ what: 'choose', ...it, of: candidates.map(({ id }) => id) });
      return given.choose === undefined ? failed : { kind: 'done', value: given.choose };
    },
    fill: async (it, fields) => {
      asked.push({ what: 'fill', ...it, of: fields.map(({ id }) => id) });
      return given.fill ? { kind: 'done', value: given.fill } : failed;
    },
    phrase: async (it, source) => {
      asked.push({ what: 'phrase', ...it, of: [source] });
      return given.phrase ? { kind: 'done', value: given.phrase(source) } : failed;
    },
  };
  const conversation: Conversation = {
    id: idOf(7, 1),
    channel: 'web',
    person: EVA,
    state: { language: 'nl', open: [], lastProduct: null, ...given.state },
    version: 0,
  };
  const { catalogue } = all;
  const facts = {
    cases: [],
    workers: new Map(),
    histories: new Map(),
    rooms: null,
    people: null,
    files: [],
    disruptions: [],
    approvals: new Map(),
    budgets: all.budgets,
    catalogue,
    catalogueAt: () => catalogue,
  };
  const understanding = all.understand(text, { language: 'nl', lastProduct: conversation.state.lastProduct });
  const decideBy = (it: typeof understanding) =>
    decide({
      conversation,
      message: { text, answer: null },
      messageId: idOf<MessageId>(3, 1),
      understanding: it,
      facts,
      now: NOW,
      ids: countedIds(),
    });
  const result = await assist({ conversation, catalogue, understanding, decide: decideBy, model: 'small', turn });
  const effects = withPhrases(decideBy(result.understanding), result, catalogue);
  return { asked, effects, plain: decideBy(understanding), ...seenIn(effects) };
}

function seenIn(effects: readonly Effect[]) {
  const replies = effects.flatMap((effect): Reply[] => (effect.kind === 'say' ? [effect.message.reply] : []));
  const cases = effects.flatMap((effect): Case[] => (effect.kind === 'case' ? [effect.case] : []));
  const open = effects.flatMap((effect) => (effect.kind === 'state' ? effect.state.open : []));
  return { replies, cases, open, text: replies.map((reply) => reply.text).join('\n') };
}

const UNKNOWN = 'er hangt een raar luchtje bij ons';

describe('a question that the desk is not sure of', () => {
  it('is asked about, with the nearest products and whose names may stand in it', async () => {
    const { asked, open } = await turn(UNKNOWN, { choose: 'heating-cooling' });
    expect(asked).toEqual([{ what: 'choose', text: UNKNOWN, names: [EVA.name], of: expect.arrayContaining(['heating-cooling']) }]);
    expect(asked[0]?.of).toHaveLength(5);
    expect(open).toMatchObject([
      {
        kind: 'confirm',
        draft: { product: 'heating-cooling', why: { rule: 'classified', assisted: { model: 'small', chose: 'heating-cooling' } } },
      },
    ]);
  });

  it('is a guess when only the language model knows: nothing is registered before the asker says so', async () => {
    const { cases, open } = await turn(UNKNOWN, { choose: 'heating-cooling' });
    expect(cases).toEqual([]);
    expect(open.map(({ kind }) => kind)).toEqual(['confirm']);
  });

  it('fits nothing when the language model says so; the offer of a person says why', async () => {
    const { open } = await turn(UNKNOWN, { choose: null });
    expect(open).toMatchObject([{ kind: 'offer-person', draft: { product: null, why: { assisted: { model: 'small', chose: null } } } }]);
  });

  it('is decided as without it when it fails, and says so', async () => {
    const { open, plain, text } = await turn(UNKNOWN);
    expect(text).toBe(seenIn(plain).text);
    expect(open).toMatchObject([{ kind: 'offer-person', draft: { why: { assisted: { model: 'small', failed: 'timeout' } } } }]);
  });

  it('that is sure, small talk, or an answer to what was asked, is nobody else’s to judge', async () => {
    for (const text of ['hoi', 'bedankt!', 'mijn beeldscherm is kapot', 'wat is de status van mijn melding'])
      expect((await turn(text)).asked, text).toEqual([]);
  });
});

describe('what is restricted', () => {
  const SICK = 'ik voel me niet lekker en blijf thuis';
  it('never leaves the house: not the text, also when the desk is not sure of it', async () => {
    for (const text of [SICK, 'koorts', 'ik lig met griep op bed', `${UNKNOWN}. ${SICK}`, 'beetje beroerd vandaag'])
      expect((await turn(text)).asked, text).toEqual([]);
  });
  it('nor what is said after it, or beside a form about it', async () => {
    expect((await turn(UNKNOWN, { state: { lastProduct: 'sickness' } })).asked).toEqual([]);
    const met = [{ id: 'harassment', case: null, at: NOW.toISOString() }];
    expect((await turn(UNKNOWN, { state: { dangers: met } })).asked).toEqual([]);
  });
  it('is no candidate either', async () => {
    const restricted = all.catalogue.products.filter((product) => product.restricted).map(({ id }) => id);
    for (const text of [UNKNOWN, 'zonder dat ding kan ik mijn werk niet doen'])
      for (const { of } of (await turn(text)).asked) expect(of.filter((id) => restricted.includes(id))).toEqual([]);
  });
});

describe('form values', () => {
  const TAXI = 'ik wil graag een taxi laten komen voor een collega die eigenlijk liever fietst';
  it('are read as the form reads them, say so on the case, and are shown before they count', async () => {
    const { asked, open, replies } = await turn(TAXI, { fill: { destination: 'een collega', date: 'op een dag', nonsense: 'x' } });
    expect(asked).toMatchObject([{ what: 'fill', of: expect.arrayContaining(['destination', 'date']) }]);
    const [form] = open;
    expect(form).toMatchObject({
      kind: 'form',
      draft: { values: { destination: 'een collega' }, why: { assisted: { model: 'small', fields: ['destination'] } } },
    });
    expect(form?.kind === 'form' && form.draft.values.date).toBeUndefined();
    expect(replies.at(-1)?.summary?.map(({ value }) => value)).toContain('een collega');
  });
  it('change nothing when there are none, or it fails', async () => {
    for (const given of [{ fill: {} }, {}]) {
      const { text, plain, cases } = await turn(TAXI, given);
      expect(text).toBe(seenIn(plain).text);
      expect(cases).toEqual([]);
    }
  });
});

describe('an answer of the catalogue', () => {
  /** A product's question whose answer is long enough to be put in other words. */
  const long = () => {
    for (const product of all.catalogue.products) {
      if (product.restricted) continue;
      for (const answer of product.answers)
        for (const text of answer.questions.nl) {
          const understood = all.understand(text, { language: 'nl', lastProduct: null }).questions[0];
          if (understood?.product !== product.id || understood.kind !== 'information' || understood.confidence < 0.9) continue;
          if (bestAnswer(product.answers, text, 'nl')?.answer !== answer) continue;
          if (answer.text.nl.split(/[.!?](?:\s|$)/).filter(Boolean).length >= 3) return { text, answer };
        }
    }
    throw new Error('no answer is long enough');
  };

  it('that is long is put in words that fit the question, with its source, and the case says so', async () => {
    const { text, answer } = long();
    const { asked, replies, cases } = await turn(text, { phrase: (source) => source.split(/(?<=[.!?]) /)[0] ?? '' });
    expect(asked).toEqual([{ what: 'phrase', text, names: [EVA.name], of: [answer.text.nl] }]);
    const [reply] = replies;
    expect(reply?.text.startsWith(answer.text.nl.split(/(?<=[.!?]) /)[0] ?? '-')).toBe(true);
    expect(reply?.text).not.toContain(answer.text.nl);
    expect(reply?.sources?.[0]?.title).toBe(answer.source.nl);
    expect(cases.at(-1)?.why.assisted).toEqual({ model: 'small', phrased: true });
  });

  it('stands as it is when that fails, and the case says so', async () => {
    const { text, answer } = long();
    const { replies, cases } = await turn(text);
    expect(replies[0]?.text.startsWith(answer.text.nl)).toBe(true);
    expect(cases.at(-1)?.why.assisted).toEqual({ model: 'small', failed: 'timeout' });
  });
});
