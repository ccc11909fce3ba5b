import { lookup as resolve } from 'node:dns';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { WebhookTask } from '../domain/index.ts';
import { messageOf } from './errors.ts';
import { sign } from './handlers/signature.ts';

/** Loopback, private, link-local and other ranges that belong to nobody outside (IANA special-purpose registries, RFC 6890). */
const INSIDE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv6');

const TIMEOUT_MS = 15_000;
const ANSWER_BYTES = 2000;

export type WebhookOutcome = { readonly ok: boolean; readonly answer: string };

/** Whether an address is one that a webhook from outside has no business with. */
export function isInside(address: string): boolean {
  return INSIDE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Why nothing is posted to an address as it is written; null when it may be. A name is looked at once more when it is resolved. */
export function whyNotPosted(url: string, allowInside: boolean): string | null {
  if (!URL.canParse(url)) return 'it is no address';
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return 'it must begin with https:// or http://';
  if (username !== '' || password !== '') return 'it must carry no name or password';
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!allowInside && (host === 'localhost' || host.endsWith('.localhost') || (isIP(host) > 0 && isInside(host))))
    return 'it is an address inside';
  return null;
}

/** Posts a delivery, signed (standardwebhooks.com). A redirect is not followed: it would lead past the look at the address. */
export async function postWebhook(task: WebhookTask, allowInside: boolean): Promise<WebhookOutcome> {
  const refused = whyNotPosted(task.url, allowInside);
  if (refused !== null) return { ok: false, answer: refused };
  const url = new URL(task.url);
  return await new Promise((done) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(task.body),
          'user-agent': 'Loket',
          ...sign(task.secret, task.id, task.body, new Date()),
        },
        lookup: allowInside ? resolve : outside,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        agent: false,
      },
      (response) => {
        const status = response.statusCode ?? 0;
        let text = '';
        const finish = (): void =>
          done({ ok: status >= 200 && status < 300, answer: [status, response.statusMessage, text.trim()].filter(Boolean).join(' ') });
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > ANSWER_BYTES) response.destroy();
        });
        response.once('close', finish);
      },
    );
    request.once('error', (error) =>
      done({ ok: false, answer: error.name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} seconds` : messageOf(error) }),
    );
    request.end(task.body);
  });
}

/** Resolves like `dns.lookup`, to addresses outside alone: a name may lead inside, and elsewhere than a moment ago. */
const outside: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    const [first] = addresses;
    if (!first || addresses.some(({ address }) => isInside(address)))
      return callback(new Error(`${hostname} leads to an address inside`), '');
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
