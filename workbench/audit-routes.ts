import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Register } from '../register/index.ts';
import type { AuditList } from './protocol.ts';
import { read } from './read.ts';
import type { Sessions } from './session.ts';

const filter = z.object({
  action: z
    .string()
    .regex(/^[a-z-]{1,60}$/)
    .optional(),
  subject: z.string().trim().min(1).max(100).optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

/** Who did and saw what, for auditors. A restricted case is named there by its reference alone. */
export async function auditRoutes(
  app: FastifyInstance,
  { register, sessions }: { readonly register: Pick<Register, 'audit'>; readonly sessions: Sessions },
): Promise<void> {
  app.get('/audit', async (request): Promise<AuditList> => {
    await sessions.allowed(request, 'read-audit');
    const { entries, next } = await register.audit.list(read(filter, request.query));
    return { rows: entries.map(({ actor, at, ...entry }) => ({ ...entry, at: at.toISOString(), by: actor })), next };
  });
}
