import type { TimelineMessage } from '../protocol.ts';

/** The parts of a reply by name, taken from the protocol: the one thing that the widget shares with the server. */
export type Reply = NonNullable<TimelineMessage['reply']>;
export type CaseCard = NonNullable<Reply['card']>;
export type Ask = NonNullable<Reply['ask']>;
export type FormField = Extract<Ask, { kind: 'form' }>['fields'][number];
