import { type AssistantPort, dangerIn, speaksOfRestricted } from '../bot/index.ts';
import type { Case } from '../domain/index.ts';
import type { Assistant } from '../intents/index.ts';
import type { Register } from '../register/index.ts';
import type { PublishedCatalogue } from './published.ts';

interface SummaryParts {
  readonly assistant: Pick<Assistant, 'summarise'> & Pick<AssistantPort, 'model'>;
  readonly register: Pick<Register, 'conversations' | 'people' | 'llm' | 'live'>;
  readonly published: Pick<PublishedCatalogue, 'current'>;
  readonly failed: (error: unknown) => void;
}

/** Who reads less than this needs no summary. */
const WORDS = 40;

/**
 * A summary for the colleague who takes a case over, once it was said at length. It is made after the turn: nobody waits for it, and where it fails the
 * conversation itself is there. What is restricted, confidential or dangerous is not sent.
 */
export class Summaries {
  readonly #parts: SummaryParts;
  readonly #stopping = new AbortController();
  readonly #under = new Set<Promise<void>>();

  constructor(parts: SummaryParts) {
    this.#parts = parts;
  }

  /** A case changed: when it was handed to people for the first time, it is summarised. */
  changed(it: Case): void {
    if (it.state !== 'queued' || it.round !== 1 || it.restricted || it.urgent || this.#stopping.signal.aborted) return;
    const work = this.#summarise(it)
      .catch(this.#parts.failed)
      .finally(() => this.#under.delete(work));
    this.#under.add(work);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.settled();
  }

  async settled(): Promise<void> {
    await Promise.all(this.#under);
  }

  async #summarise(it: Case): Promise<void> {
    const { assistant, register, published } = this.#parts;
    const { catalogue, understand } = published.current();
    const lines = await register.conversations.ofCase(it.id);
    const said = lines.filter(({ from }) => from === 'requester').map(({ text }) => text);
    if (said.join(' ').split(/\s+/).length < WORDS) return;
    const context = { language: it.language, lastProduct: null };
    if (said.some((text) => dangerIn(catalogue, text) || speaksOfRestricted(catalogue, understand(text, context)))) return;
    const requester = it.person && (await register.people.byId(it.person));
    const names = [...(requester ? [requester.name] : []), ...lines.flatMap(({ name }) => name ?? [])];
    const text = lines.map((line) => `${line.from}: ${line.text}`).join('\n');
    const summary = await assistant.summarise({ text, names }, it.language, this.#stopping.signal);
    if (summary.kind === 'failed') return;
    await register.llm.summarise(it.id, summary.value, assistant.model);
    register.live.publish([{ kind: 'case', id: it.id, team: it.team, from: null }]);
  }
}
