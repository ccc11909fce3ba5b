import type { FastifyInstance } from 'fastify';
import type { Desk } from '../bot/index.ts';
import type { HandlerSettings } from '../domain/index.ts';
import { handlerHooks, type QueueOptions, type SupplierMail } from '../queue/index.ts';
import type { Register } from '../register/index.ts';
import type { HandlerSecrets } from './handler-config.ts';

/** A far side that takes longer is asked again. */
const TIMEOUT_MS = 15_000;

interface HandlerParts {
  readonly settings: () => readonly HandlerSettings[];
  readonly secrets: HandlerSecrets;
  /** Where people and systems reach the desk. */
  readonly url: string;
  readonly mail: SupplierMail | null;
  readonly register: Register;
  readonly desk: Desk;
}

/** Handlers, wired to the desk: what their queues need, and their way back. */
export function openHandlers({ settings, secrets, url, mail, register, desk }: HandlerParts): {
  readonly work: NonNullable<QueueOptions['handlers']>;
  serve(app: FastifyInstance): Promise<void>;
} {
  const secret = (handler: string): string | null => secrets.get(handler) ?? null;
  const news: NonNullable<QueueOptions['handlers']>['news'] = (run, handler, it) => desk.handled(run, handler, it);
  return {
    work: { settings, means: { secret, callback: (handler) => `${url}/hooks/${handler}`, timeoutMs: TIMEOUT_MS, mail }, news },
    serve: async (app) => {
      await app.register(handlerHooks, { prefix: '/hooks', settings, secret, register, news });
    },
  };
}
