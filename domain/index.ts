/**
 * The room of words: the types that every room shares, the case's transitions, references and business time.
 * It is pure, imports no other room, and everybody may import it.
 */

export * from './access.ts';
export * from './api-scope.ts';
export * from './approval.ts';
export * from './assisted.ts';
export * from './attachment.ts';
export * from './business-time.ts';
export * from './case.ts';
export * from './case-list.ts';
export * from './checkpoint.ts';
export * from './conversation.ts';
export * from './delivery.ts';
export * from './disruption.ts';
export * from './effect.ts';
export * from './explain-clock.ts';
export * from './file-transfer.ts';
export * from './for-other.ts';
export * from './handler.ts';
export * from './held.ts';
export * from './ids.ts';
export * from './listed-person.ts';
export * from './notice.ts';
export * from './parts.ts';
export * from './reference.ts';
export * from './reply.ts';
export * from './room.ts';
export * from './service-clock.ts';
export * from './storable.ts';
export * from './turn.ts';
export * from './webhook.ts';
export * from './words.ts';
export * from './work-profile.ts';
