import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type CaseId, isAllowedWith } from '../domain/index.ts';
import type { Colleague, Register } from '../register/index.ts';
import type { Presence } from './presence.ts';
import type { PresentList } from './protocol.ts';
import { read } from './read.ts';
import type { Sessions } from './session.ts';

const request = z.object({ doing: z.enum(['looks', 'types', 'left']) });

interface PresenceOptions {
  readonly register: Pick<Register, 'cases' | 'live'>;
  readonly sessions: Sessions;
  readonly presence: Presence;
  readonly teamsOf: (colleague: Colleague) => readonly string[];
  readonly readId: (text: string) => CaseId;
}

/** Who else looks at a case or writes. Of a restricted one nobody hears, and what somebody may not read answers the same. */
export async function presenceRoutes(app: FastifyInstance, options: PresenceOptions): Promise<void> {
  const { register, sessions, presence, teamsOf, readId } = options;

  app.get('/presence', async (asked): Promise<PresentList> => {
    const colleague = await sessions.colleague(asked);
    return { present: presence.of(new Set(teamsOf(colleague))) };
  });

  app.post<{ Params: { id: string } }>('/cases/:id/presence', async (asked): Promise<Record<string, never>> => {
    const colleague = await sessions.colleague(asked);
    const { doing } = read(request, asked.body);
    const it = await register.cases.byId(readId(asked.params.id));
    if (!it || it.restricted || !isAllowedWith(colleague, 'read', it)) return {};
    register.live.publish([{ kind: 'presence', case: it.id, team: it.team, person: colleague.id, name: colleague.name, doing }]);
    return {};
  });
}
