import { beforeAll, describe, expect, it } from 'vitest';
import type {
  Case,
  CaseId,
  Change,
  Checkpoint,
  ClockEvent,
  Committed,
  Conversation,
  ConversationId,
  DisruptionId,
  IntakeId,
  MessageId,
  TurnView,
} from '../domain/index.ts';
import type { AfterCommit, Arrival, TurnPorts, TurnRegister } from './ports.ts';
import { idOf } from './test/ids.ts';
import { EVA, SANNE } from './test/simulator.ts';
import { type World, world } from './test/world.ts';
import { Desk } from './turn.ts';

let all: World;
beforeAll(async () => {
  all = await world();
});

interface Line {
  readonly id: IntakeId;
  readonly text: string;
  status: 'pending' | 'handled' | 'parked';
  attempts: number;
  reason: string | null;
}

/** A register in memory with one conversation, that checks versions as the real one does and can be told to fail. */
class FakeRegister implements TurnRegister {
  conversation: Conversation = {
    id: idOf<ConversationId>(7, 1),
    channel: 'web',
    person: EVA,
    state: { language: 'nl', open: [], lastProduct: null },
    version: 0,
  };
  readonly lines: Line[] = [];
  readonly cases = new Map<CaseId, Case>();
  readonly commits: Change[] = [];
  readonly histories = new Map<CaseId, readonly ClockEvent[]>();
  readonly people: TurnRegister['people'] = async () => null;
  readonly attachments: TurnRegister['attachments'] = async () => [];
  readonly approvalOf: TurnRegister['approvalOf'] = async () => null;
  readonly conversationWith: TurnRegister['conversationWith'] = async () => null;
  /** What happens just before a commit, e.g. somebody else's. */
  beforeCommit: (change: Change) => void = () => {};
  underWay = 0;
  mostUnderWay = 0;
  #seq = 0;

  async receive({ id, externalId, payload }: Arrival): ReturnType<TurnRegister['receive']> {
    await pause();
    const known = this.lines.find((line) => line.id === id || line.text === `${externalId}:${payload.text}`);
    if (known) return { id: known.id, status: known.status, duplicate: true };
    this.lines.push({ id, text: payload.text, status: 'pending', attempts: 0, reason: null });
    return { id, status: 'pending', duplicate: false };
  }

  async next(): Promise<TurnView> {
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    await pause();
    this.underWay -= 1;
    return this.#view();
  }

  async said(message: MessageId): Promise<boolean> {
    return this.commits.some(({ effects }) => effects.some((effect) => effect.kind === 'say' && effect.message.id === message));
  }

  /** What was declared, and the cases linked to it. */
  disruption: Awaited<ReturnType<TurnRegister['disruptionOf']>> = null;
  linked: CaseId[] = [];

  async disruptionOf() {
    return this.disruption;
  }

  async awaits() {
    return true;
  }

  async linkedTo(_: DisruptionId, after: CaseId | null): Promise<readonly CaseId[]> {
    return after === null ? this.linked : [];
  }

  async viewOfCase(id: CaseId): Promise<TurnView | null> {
    await pause();
    return this.cases.has(id) ? this.#view() : null;
  }

  #view(): TurnView {
    const line = this.lines.find(({ status }) => status === 'pending');
    const intake = line ? { id: line.id, payload: { text: line.text, answer: null }, attempts: line.attempts } : null;
    return { conversation: this.conversation, intake, cases: [...this.cases.values()], workers: new Map(), histories: this.histories };
  }

  async rooms(): Promise<null> {
    return null;
  }

  async activeAt(): Promise<Date | null> {
    return null;
  }

  async commit(change: Change): Promise<Committed> {
    await pause();
    this.beforeCommit(change);
    if (change.version !== this.conversation.version) return { kind: 'conflict' };
    this.commits.push(change);
    this.conversation = { ...this.conversation, version: this.conversation.version + 1 };
    const messages = change.incoming ? [{ id: change.incoming.message, seq: this.#nextSeq() }] : [];
    for (const effect of change.effects) {
      if (effect.kind === 'case') {
        this.cases.set(effect.case.id, effect.case);
        this.histories.set(effect.case.id, [...(this.histories.get(effect.case.id) ?? []), effect.event]);
      }
      if (effect.kind === 'state') this.conversation = { ...this.conversation, state: effect.state };
      if (effect.kind === 'say') messages.push({ id: effect.message.id, seq: this.#nextSeq() });
    }
    const line = this.lines.find(({ id }) => id === change.incoming?.intake);
    if (line) line.status = 'handled';
    return { kind: 'committed', messages, outbox: [], more: this.lines.some(({ status }) => status === 'pending') };
  }

  async budgets(): Promise<ReadonlyMap<string, { number: string; open: boolean }>> {
    await pause();
    return all.budgets;
  }

  async failed(intake: IntakeId, reason: string): Promise<void> {
    const line = this.lines.find(({ id }) => id === intake);
    if (line) Object.assign(line, { attempts: line.attempts + 1, reason });
    await pause();
  }

  async park(intake: IntakeId, reason: string): Promise<void> {
    const line = this.lines.find(({ id }) => id === intake);
    if (line) Object.assign(line, { status: 'parked', reason });
    await pause();
  }

  async leftovers(): Promise<readonly ConversationId[]> {
    await pause();
    return this.lines.some(({ status }) => status === 'pending') ? [this.conversation.id] : [];
  }

  /** Somebody else changes the conversation. */
  touch(): void {
    this.conversation = { ...this.conversation, version: this.conversation.version + 1 };
  }

  get handled(): string[] {
    return this.commits.flatMap(({ incoming }) => (incoming ? [incoming.text] : []));
  }

  #nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }
}

/** Lets everything else that is ready go first. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function desk(register: FakeRegister, understand: World['understand'] = all.understand) {
  const passed: Checkpoint[] = [];
  const commits: AfterCommit[] = [];
  const problems: string[] = [];
  const ports: TurnPorts = {
    register,
    published: { current: () => ({ catalogue: all.catalogue, understand }), at: async () => all.catalogue },
    afterCommit: (commit) => commits.push(commit),
    now: () => new Date(),
    disruptions: () => [],
    checkpoint: (checkpoint) => passed.push(checkpoint),
    report: (problem) => problems.push(problem),
  };
  const it = new Desk(ports);
  const conversation = register.conversation.id;
  let n = 0;
  const arrive = async (text: string): Promise<IntakeId> => {
    n += 1;
    const id = idOf<IntakeId>(8, n);
    await it.receive({ id, channel: 'web', source: 'test', externalId: String(n), conversation, payload: { text, answer: null } });
    return id;
  };
  return { it, conversation, arrive, passed, commits, problems, say: async (text: string) => it.handle(conversation, await arrive(text)) };
}

const COFFEE = 'de koffieautomaat in kamer 2.10 is leeg';

describe('a message', () => {
  it('is answered with all that was said in its turn, itself first, numbered on', async () => {
    const register = new FakeRegister();
    const { say, passed, commits } = desk(register);
    const handled = await say('hoi');
    expect(handled.kind === 'handled' && handled.said.map(({ seq, from, text }) => [seq, from, text])).toEqual([
      [1, 'requester', 'hoi'],
      [2, 'desk', 'Hoi Eva. Waar kan ik je mee helpen?'],
    ]);
    expect(passed).toEqual(['intake:before-store', 'intake:after-store', 'turn:before-commit', 'turn:after-commit']);
    expect(commits.map(({ awaited, lastSeq }) => [awaited, lastSeq])).toEqual([[true, 2]]);
  });

  it('that arrives while others are under way is handled in its turn', async () => {
    const register = new FakeRegister();
    const { it: one, conversation, arrive } = desk(register);
    const texts = ['hoi', 'de lift doet het niet', 'gebouw B', 'bedankt', 'status'];
    const ids: IntakeId[] = [];
    for (const text of texts) ids.push(await arrive(text));
    const handled = await Promise.all([...ids].reverse().map((id) => one.handle(conversation, id)));
    expect(register.handled).toEqual(texts);
    expect(register.mostUnderWay).toBe(1);
    // Who waited for the last handled those before it as well; the others find theirs done.
    expect(handled.map(({ kind }) => kind)).toEqual(['handled', 'elsewhere', 'elsewhere', 'elsewhere', 'elsewhere']);
    expect([...register.cases.values()].map(({ values }) => values)).toEqual([{ place: 'gebouw B' }]);
  });

  it('that another process handled is found done', async () => {
    const register = new FakeRegister();
    const { it: one, conversation, arrive } = desk(register);
    const id = await arrive('hoi');
    register.beforeCommit = () => {
      for (const line of register.lines) line.status = 'handled';
      register.touch();
    };
    expect(await one.handle(conversation, id)).toEqual({ kind: 'elsewhere' });
    expect(register.commits).toEqual([]);
  });

  it('is decided again when the conversation changed meanwhile, on what it is then', async () => {
    const register = new FakeRegister();
    const { say } = desk(register);
    let changes = 0;
    register.beforeCommit = () => {
      if (changes === 3) return;
      changes += 1;
      register.touch();
      register.conversation = { ...register.conversation, person: { ...EVA, name: `Naam${changes} Jansen` } };
    };
    const handled = await say('hoi');
    expect(handled.kind === 'handled' && handled.said[1]?.text).toBe('Hoi Naam3. Waar kan ik je mee helpen?');
    expect(register.commits).toHaveLength(1);
    expect(register.lines.map(({ attempts }) => attempts)).toEqual([0]);
  });

  it('that fails three times is set aside with the reason, is told so, and the next one goes on', async () => {
    const register = new FakeRegister();
    const broken: World['understand'] = (text, context) => {
      if (text === 'stuk') throw new Error('this text can not be understood');
      return all.understand(text, context);
    };
    const { it: one, conversation, arrive, problems } = desk(register, broken);
    const first = await arrive('stuk');
    const second = await arrive('hoi');
    const handled = await Promise.all([one.handle(conversation, first), one.handle(conversation, second)]);
    expect(handled.map(({ kind }) => kind)).toEqual(['parked', 'handled']);
    expect(register.lines.map(({ status, attempts, reason }) => [status, attempts, reason])).toEqual([
      ['parked', 2, 'this text can not be understood'],
      ['handled', 0, null],
    ]);
    expect(problems).toHaveLength(3);
    const said = register.commits[0]?.effects.flatMap((effect) => (effect.kind === 'say' ? [effect.message.reply.text] : []));
    expect(said?.[0]).toContain('Er ging bij mij iets mis met dit bericht.');
  });

  it('that fails once is handled after all', async () => {
    const register = new FakeRegister();
    let failures = 0;
    register.beforeCommit = () => {
      failures += 1;
      if (failures === 1) throw new Error('the connection was lost');
    };
    const { say } = desk(register);
    expect((await say('hoi')).kind).toBe('handled');
    expect(register.lines.map(({ status, attempts }) => [status, attempts])).toEqual([['handled', 1]]);
  });

  it('that a crash left behind is taken up', async () => {
    const register = new FakeRegister();
    const { it: one, arrive, commits } = desk(register);
    await arrive('hoi');
    await arrive(COFFEE);
    expect(await one.resumeLeftovers(0)).toBe(1);
    expect(register.handled).toEqual(['hoi', COFFEE]);
    expect(commits.every(({ awaited }) => !awaited)).toBe(true);
    expect(await one.resumeLeftovers(0)).toBe(0);
  });
});

describe('a worker’s act and a timer', () => {
  it('go through the same line as messages, so that none is decided on an old view', async () => {
    const register = new FakeRegister();
    const { it: one, say, commits } = desk(register);
    await say(COFFEE);
    const [coffee] = register.cases.values();
    if (!coffee) throw new Error('no case was opened');
    const [result] = await Promise.all([
      one.act(coffee.id, { action: 'claim' }, SANNE),
      say('bedankt'),
      one.act(coffee.id, { action: 'ready', text: 'Bijgevuld.' }, SANNE),
    ]);
    await one.settled();
    expect(result?.kind).toBe('done');
    expect(register.cases.get(coffee.id)?.state).toBe('ready');
    expect(commits.flatMap(({ cases }) => cases.map((it) => it.case.state))).toEqual(['queued', 'claimed', 'ready']);
    await one.timer(coffee.id, 'close-when-silent');
    expect(register.cases.get(coffee.id)?.state).toBe('closed');
  });

  it('on a case that is not there do nothing', async () => {
    const register = new FakeRegister();
    const { it: one } = desk(register);
    expect(await one.act(idOf<CaseId>(1, 99), { action: 'claim' }, SANNE)).toBeNull();
    await one.timer(idOf<CaseId>(1, 99), 'close-when-silent');
    expect(register.commits).toEqual([]);
  });

  it('are decided again when somebody else was first, and then refused', async () => {
    const register = new FakeRegister();
    const { it: one, say } = desk(register);
    await say(COFFEE);
    const [coffee] = register.cases.values();
    if (!coffee) throw new Error('no case was opened');
    const other = { ...coffee, state: 'claimed', worker: EVA.id, events: coffee.events + 1 } as const;
    register.beforeCommit = () => {
      register.beforeCommit = () => {};
      register.cases.set(coffee.id, other);
      register.touch();
    };
    expect(await one.act(coffee.id, { action: 'claim' }, SANNE)).toEqual({ kind: 'refused', code: 'already-claimed', by: EVA.id });
    expect(register.cases.get(coffee.id)).toEqual(other);
  });
});
