import { type CaseId, type Channel, idFrom, type MessageId } from '../../domain/index.ts';
import type { TeamsOptions } from './options.ts';
import { teamsTexts } from './texts.ts';

/** Tells those who work a team's queue of an urgent case, in their own chat with the desk, as far as they are known in Teams. */
export class UrgentNews {
  readonly #options: Pick<TeamsOptions, 'register' | 'desk' | 'desks' | 'log'>;
  readonly #channel: Channel = 'teams';

  constructor(options: Pick<TeamsOptions, 'register' | 'desk' | 'desks' | 'log'>) {
    this.#options = options;
  }

  /** It may be called again with the same case: everybody is told once. Never throws. */
  async tell(it: { readonly id: CaseId; readonly team: string; readonly reference: string; readonly title: string }): Promise<void> {
    const { register, desk, desks, log } = this.#options;
    try {
      for (const { conversation, language } of await register.references.ofTeam(it.team, this.#channel)) {
        const text = `${teamsTexts(language).urgent(desks.teamName(it.team, language), it.reference, it.title)}\n${desks.caseUrl(it.id)}`;
        await desk.tell(conversation, idFrom<MessageId>(conversation, it.id, it.team, 'urgent'), { text, alarm: true });
      }
    } catch (error) {
      log.error({ case: it.id, err: error }, 'not everybody was told of an urgent case');
    }
  }
}
