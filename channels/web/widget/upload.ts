import type { Attached } from '../protocol.ts';
import { errorMessage, isAttached, parseJson } from './guards.ts';
import { failure, type Outcome } from './outcome.ts';

/**
 * Sends a file as the body of a request. By XMLHttpRequest: `fetch` does not tell how far it is.
 * @param headers who sends it
 */
export function upload(
  url: string,
  file: File,
  headers: Readonly<Record<string, string>>,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<Outcome<Attached>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    const all = { ...headers, 'Content-Type': file.type || 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name) };
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => {
      const body = parseJson(request.responseText);
      if (request.status === 201 && isAttached(body)) return resolve({ kind: 'ok', value: body });
      // The server's sentence is worth more than the class of its status: a full store is 507, and says so.
      const message = errorMessage(body);
      resolve(message ? { kind: 'refused', message } : failure(request.status, undefined, undefined));
    });
    for (const end of ['error', 'abort', 'timeout'] as const) request.addEventListener(end, () => resolve({ kind: 'later' }));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
