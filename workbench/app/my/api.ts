import type { CatalogueByGroup, OwnCaseDetail, OwnCases } from '../../my-protocol.ts';
import { ApiError, errorOf } from '../api-error.ts';
import { fetchSignedIn } from '../session.ts';
import { NoToken } from '../teams/host.ts';

/** Every call of `my-protocol.ts` once there is a session. */
export const myApi = {
  cases: (): Promise<OwnCases> => get('/cases'),
  case: (reference: string): Promise<OwnCaseDetail> => get(`/cases/${encodeURIComponent(reference)}`),
  catalogue: (): Promise<CatalogueByGroup> => get('/catalogue'),
};

async function get<T>(path: string): Promise<T> {
  let response: Response;
  try {
    response = await fetchSignedIn(`/api/my${path}`, { headers: { accept: 'application/json' } }, 'person');
  } catch (error) {
    if (error instanceof ApiError || error instanceof NoToken) throw error;
    throw new ApiError(0, 'unreachable', '');
  }
  if (!response.ok) throw await errorOf(response);
  return await response.json();
}
