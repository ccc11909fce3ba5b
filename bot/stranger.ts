import type { Incoming, Person } from '../domain/index.ts';

/** Somebody else, or somebody who cannot be shown to be the requester whom the desk knows. */
export function isStranger(sender: Incoming['sender'], requester: Person | null): boolean {
  return sender?.kind === 'other' || (sender?.kind === 'requester' && !sender.proven && requester?.verified === true);
}
