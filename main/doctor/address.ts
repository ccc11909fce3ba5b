import { attempt, type Check, fine } from './finding.ts';

const PATIENCE_MS = 5_000;

/** Where people reach the desk, whether it answers there, and who may take the chat in. */
export const address: Check = async ({ config }) => {
  const { publicUrl, host, port, chatKey, chatOrigins } = config;
  const url = publicUrl ?? `http://${host}:${port}`;
  return [
    await attempt('address', async () => {
      const { protocol, pathname } = new URL(url);
      if (pathname !== '/') throw new Error(`LOKET_PUBLIC_URL is ${url}: the desk stands at the top of its host; take the path away`);
      if (publicUrl !== null && protocol === 'http:' && !isHere(publicUrl))
        throw new Error(
          `LOKET_PUBLIC_URL is ${url}: without https sign-in links and questions travel readable; put a proxy with a certificate before it`,
        );
      if (publicUrl === null && host !== '127.0.0.1' && host !== '::1' && host !== 'localhost')
        throw new Error(
          `LOKET_HOST is ${host}, so others can reach it, and LOKET_PUBLIC_URL is not set: links and cookies are then for the wrong address`,
        );
      return url;
    }),
    await attempt('desk', () => answersAt(url)),
    fine(
      'chat',
      [
        chatKey === null ? 'visitors are anonymous (LOKET_CHAT_KEY lets the intranet vouch for them)' : 'the intranet vouches for visitors',
        ...(chatOrigins.length > 0 ? [`on ${chatOrigins.join(', ')}`] : []),
      ].join('; '),
    ),
  ];
};

/** That none runs is no mistake. */
async function answersAt(url: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    return `does not run at ${url} now`;
  }
  if (response.ok) return `answers at ${url}`;
  if (response.status === 503) return `is starting at ${url}`;
  throw new Error(`${url}/health answers ${response.status}; is something else on this port?`);
}

function isHere(url: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname);
}
