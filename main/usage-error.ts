/** A command was given something it cannot use; the message says what, and what it can. */
export class UsageError extends Error {}
