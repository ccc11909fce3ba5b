import type { ConversationId, PersonId } from '../../domain/index.ts';

/** An Adaptive Card: JSON by its schema, made by pure functions (`cards.ts`). */
export type Card = Readonly<Record<string, unknown>>;

/** An activity on its way to Teams. */
export interface OutgoingActivity {
  readonly type: 'message' | 'typing';
  /** Plain text; left out where a card says it. */
  readonly text?: string;
  readonly textFormat?: 'plain';
  /** What a notification and an old client show in place of a card. */
  readonly summary?: string;
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly content: Card;
    readonly contentUrl?: string;
    readonly name?: string;
  }[];
  readonly channelData?: Readonly<Record<string, unknown>>;
}

/** Where somebody speaks with the desk, as it is stored with the conversation. */
export interface TeamsReference {
  readonly serviceUrl: string;
  /** Teams' own id of the chat, channel or thread. */
  readonly conversation: string;
  readonly kind: 'personal' | 'group' | 'channel';
  readonly tenant: string;
  readonly bot: string;
  /** Teams' own id of the person. */
  readonly user: string;
}

/** Somebody in a conversation, as an activity is handled for them. */
export interface Speaker {
  readonly conversation: ConversationId;
  readonly person: PersonId;
  readonly reference: TeamsReference;
  /** This is the first that was heard of them here. */
  readonly begun: boolean;
}
