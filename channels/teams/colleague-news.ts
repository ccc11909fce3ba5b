import { noticeText } from '../../bot/index.ts';
import {
  type CaseId,
  type Channel,
  type ConversationId,
  type Delivery,
  idFrom,
  type MessageId,
  type OutgoingNotice,
} from '../../domain/index.ts';
import type { TeamsOptions } from './options.ts';
import { teamsTexts } from './texts.ts';

interface UrgentCase {
  readonly id: CaseId;
  readonly team: string;
  readonly reference: string;
  readonly title: string;
  readonly restricted: boolean;
}

/** Who was told of an alarm so shortly before a notice of it has heard that. */
const JUST_NOW_MS = 60_000;

/** What the desk has to say to colleagues, said in their own chats with it, as far as they have one and Teams reaches them there. */
export class ColleagueNews {
  readonly #options: Pick<TeamsOptions, 'register' | 'desk' | 'desks' | 'log'>;
  readonly #channel: Channel = 'teams';

  constructor(options: Pick<TeamsOptions, 'register' | 'desk' | 'desks' | 'log'>) {
    this.#options = options;
  }

  /** Tells those who work a team's queue of an urgent case. It may be called again with the same case: everybody is told once. Never throws. */
  async alarm(it: UrgentCase): Promise<void> {
    const { register, desk, desks, log } = this.#options;
    try {
      for (const { conversation, language } of await register.references.ofTeam(it.team, this.#channel)) {
        const said = teamsTexts(language).urgent(desks.teamName(it.team, language), it.reference, it.restricted ? null : it.title);
        await desk.tell(conversation, alarmId(conversation, it.id, it.team), { text: `${said}\n${desks.caseUrl(it.id)}`, alarm: true });
      }
    } catch (error) {
      log.error({ case: it.id, err: error }, 'not everybody was told of an urgent case');
    }
  }

  /**
   * Brings one colleague a notice. The outbox sends it; whom Teams refuses to reach after all is mailed, as with everything that is said in a chat.
   * @returns `unreachable`: he has no chat with the desk, or has blocked it
   */
  async notice(it: OutgoingNotice): Promise<Delivery | { readonly kind: 'unreachable' }> {
    const { register, desk, desks } = this.#options;
    const chat = it.person && (await register.references.privateOf(it.person, this.#channel));
    if (!chat || chat.unreachable !== null) return { kind: 'unreachable' };
    const { conversation, language } = chat;
    if (it.kind === 'urgent' && (await this.#heard(conversation, it))) return { kind: 'delivered' };
    const { text } = noticeText(language, { ...it, team: desks.teamName(it.team, language), link: desks.caseUrl(it.case) });
    const alarm = it.kind === 'urgent' ? { alarm: true } : {};
    await desk.tell(conversation, idFrom<MessageId>(conversation, it.id, 'notice'), { text, ...alarm });
    return { kind: 'delivered' };
  }

  /** He works the team's queue himself, and was told with everybody in it. */
  async #heard(conversation: ConversationId, { case: about, team, at }: OutgoingNotice): Promise<boolean> {
    const told = await this.#options.register.conversations.saidAt(alarmId(conversation, about, team));
    return told !== null && at.getTime() - told.getTime() < JUST_NOW_MS;
  }
}

function alarmId(conversation: ConversationId, about: CaseId, team: string): MessageId {
  return idFrom<MessageId>(conversation, about, team, 'urgent');
}
