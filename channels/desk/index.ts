/**
 * The desk itself as a channel: by phone, at the counter, by post, or on an account manager's visit. A colleague registers for somebody else; it is
 * a message like any other, with the colleague as its writer, and goes through the same turn. What is said later is mailed to whoever has a proven
 * address, and otherwise told by a colleague who calls back.
 */
export { deskDelivery } from './deliver.ts';
export { DeskIntake } from './receive.ts';
