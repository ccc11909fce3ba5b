import { type Catalogue, isSkilledFor } from '../catalogue/index.ts';
import type { Case } from '../domain/index.ts';
import type { Colleague, Register } from '../register/index.ts';
import type { CaseRow } from './protocol.ts';

/** What "give me the next" would not give somebody of what waits: he sees it, and may take it all the same. */
export async function fitFor(
  colleague: Colleague,
  register: Pick<Register, 'workProfiles'>,
  catalogue: Catalogue,
): Promise<(it: Pick<Case, 'state' | 'product' | 'team'>) => Pick<CaseRow, 'fit'>> {
  const { skills } = await register.workProfiles.of(colleague.id);
  return (it) => (it.state === 'queued' && skills.length > 0 && !isSkilledFor(catalogue, skills, it) ? { fit: 'other-skill' } : {});
}
