import type { Case } from './case.ts';
import { type AttachmentId, type CaseId, type IntakeId, parseId } from './ids.ts';
import type { Localised } from './words.ts';

/**
 * Handlers: systems and suppliers to which the desk passes what a product asks for. A run is one case given to one of them: it waits for the undo
 * window, is sent, and ends when the far side reports ready, refuses, or somebody takes the case by hand.
 */
export const RUN_STATES = ['waiting', 'sent', 'recalling', 'done', 'failed', 'stopped'] as const;
/** `recalling`: the far side has it, and is still to be told that it need not do it any more. */
export type RunState = (typeof RUN_STATES)[number];

/** Which run: the case and the round in which it was given away. The far side knows it by `runKey`, the same at every attempt. */
export interface RunId {
  readonly case: CaseId;
  readonly round: number;
}

/** A run as the far side names it: the idempotency key of whatever is sent for it. */
export function runKey(run: RunId): string {
  return `${run.case}-${run.round}`;
}

/** @returns null for what is no key */
export function parseRunKey(text: string): RunId | null {
  const [, id, round] = /^([0-9a-f-]{36})-(\d{1,6})$/.exec(text) ?? [];
  const of = parseId<CaseId>(id);
  return of && round ? { case: of, round: Number(round) } : null;
}

/** What becomes of a run, as a decision writes it. What is left out stays as it was. */
export interface RunChange extends RunId {
  readonly handler: string;
  readonly state: RunState;
  /** From when on it may be sent. */
  readonly due?: Date | undefined;
  /** The far side's own number for it. */
  readonly externalId?: string | undefined;
  /** The far side's last words. */
  readonly said?: string | undefined;
}

/** What is sent for a run: all that a handler may put in its message. */
export interface HandlerTask {
  readonly run: RunId;
  readonly handler: string;
  readonly what: 'hand-over' | 'recall';
  /** 1 for the first. At a later one it may have arrived already. */
  readonly attempt: number;
  readonly case: Case;
  readonly requester: { readonly name: string; readonly address: string | null; readonly department: string | null } | null;
  readonly externalId: string | null;
}

/** A word of the far side about a case. */
export type HandlerReport =
  | { readonly status: 'received'; readonly text: string | null }
  /** It waits for something; the requester is told what, and until when. */
  | { readonly status: 'waiting'; readonly text: string; readonly until: Date | null }
  /** For colleagues only. */
  | { readonly status: 'note'; readonly text: string; readonly attachments?: readonly AttachmentId[] | undefined }
  | { readonly status: 'ready'; readonly text: string }
  /** It will not be done: people take over. */
  | { readonly status: 'refused'; readonly text: string };
export const REPORT_STATUSES = ['received', 'waiting', 'note', 'ready', 'refused'] as const satisfies readonly HandlerReport['status'][];

/** What happened to a run. */
export type HandlerNews =
  | { readonly kind: 'sent'; readonly externalId: string | null; readonly said: string | null }
  /** It fails again and again, and goes on being tried. */
  | { readonly kind: 'falters'; readonly said: string }
  | { readonly kind: 'gave-up'; readonly said: string }
  /** @param intake the arrival that it came in by: handled with it, so that the same again does nothing */
  | { readonly kind: 'report'; readonly report: HandlerReport; readonly externalId: string | null; readonly intake: IntakeId | null };

/** Text with `{placeholders}`, or a structure of such: what a far side's message looks like. */
export type Template = string | number | boolean | readonly Template[] | { readonly [key: string]: Template };

/** How the far side's messages are read: where each part stands in its JSON, by keys joined with dots. */
export interface WayBack {
  readonly key?: string | undefined;
  readonly externalId?: string | undefined;
  readonly status: string;
  readonly text?: string | undefined;
  readonly until?: string | undefined;
  /** The far side's words for a status. */
  readonly statuses: Readonly<Record<string, HandlerReport['status']>>;
}

/** A handler as the organisation configures it; secrets stand in the environment. */
export type HandlerSettings = HttpSettings | FmisSettings | SupplierSettings;

interface CommonSettings {
  readonly id: string;
  readonly name: Localised;
}

/** Any system that takes JSON by POST. */
export interface HttpSettings extends CommonSettings {
  readonly type: 'http';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Template | undefined;
  /** Where the number that it answers with stands. */
  readonly externalId?: string | undefined;
  readonly back?: WayBack | undefined;
}

/** A facility management system: signed webhooks both ways. */
export interface FmisSettings extends CommonSettings {
  readonly type: 'fmis';
  readonly url: string;
  readonly body?: Template | undefined;
  readonly externalId?: string | undefined;
  readonly back?: WayBack | undefined;
}

/** A supplier who works by mail, under a contract. */
export interface SupplierSettings extends CommonSettings {
  readonly type: 'supplier';
  readonly address: string;
  readonly language: 'nl' | 'en';
  readonly contract?: { readonly number: string; readonly complete?: number | undefined } | undefined;
}
