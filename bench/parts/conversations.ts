/** Conversations to send messages in, opened before the clock runs. */
import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { SignJWT } from 'jose';
import { z } from 'zod';

export interface Conversation {
  readonly id: string;
  readonly secret: string;
}

export interface Visitor {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
}

/** A server of the chat's protocol. */
export interface Server {
  readonly url: string;
  /** The key that signs visitors' tokens; null: any conversation will do. */
  readonly key: string | null;
  /** Whom to be: asked anew for every batch of conversations. */
  readonly visitors: (count: number) => readonly Visitor[];
}

const started = z.object({ conversation: z.string(), secret: z.string() });
/** How many are opened at once. */
const AT_ONCE = 8;

let lastAddress = 1;

/** Another loopback address each time: how many conversations begin is limited per address. */
function nextAddress(): string {
  lastAddress = (lastAddress % 250) + 1;
  return `127.0.0.${lastAddress}`;
}

/** Opens conversations by HTTP as known visitors; for a server that knows no conversations it makes up ids. */
export async function openConversations({ url, key, visitors }: Server, count: number): Promise<Conversation[]> {
  if (key === null) return Array.from({ length: count }, () => ({ id: randomUUID(), secret: randomBytes(32).toString('base64url') }));
  const opened: Conversation[] = [];
  const address = nextAddress();
  const tokens = await Promise.all(visitors(count).map((visitor) => tokenOf(visitor, key)));
  let next = 0;
  const opening = async () => {
    while (next < count) {
      const token = tokens[next % tokens.length];
      next += 1;
      const { conversation, secret } = started.parse(await post(`${url}/chat/conversations`, { language: 'nl', token }, address));
      opened.push({ id: conversation, secret });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, opening));
  return opened;
}

function tokenOf({ sub, name, email }: Visitor, key: string): Promise<string> {
  return new SignJWT({ name, email })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(key));
}

function post(url: string, body: object, localAddress: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', localAddress, headers: { 'content-type': 'application/json' } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.once('error', reject);
      response.once('end', () =>
        response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(`${response.statusCode} ${text}`)),
      );
    });
    sending.once('error', reject);
    sending.end(JSON.stringify(body));
  });
}

/** People who have never asked anything, and others each time. */
export function newVisitors(): (count: number) => Visitor[] {
  let met = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      met += 1;
      return { sub: `visitor-${met}`, name: `Bezoeker ${met}`, email: `visitor-${met}@example.org` };
    });
}
