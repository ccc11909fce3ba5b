import type { IncomingMessage } from 'node:http';
import { TeamsError } from './errors.ts';

/** Headers by which a proxy says for whom it speaks: whoever sends one is not only this machine. */
const FORWARDING = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'x-original-host',
] as const;

/**
 * Without credentials anybody could claim to be anyone, so that only a program on this machine is let in, not what a proxy or tunnel brings.
 * @throws TeamsError `not-loopback`
 */
export function requireLoopback(
  request: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } },
): void {
  if (!isLoopbackAddress(request.socket.remoteAddress ?? '')) throw new TeamsError('not-loopback');
  const forwarded = FORWARDING.find((name) => request.headers[name] !== undefined);
  if (forwarded) throw new TeamsError('not-loopback', `the request was forwarded (${forwarded})`);
}

/** What is answered goes to this machine alone. @throws TeamsError `not-loopback` */
export function requireLoopbackService(serviceUrl: string): void {
  const { protocol, hostname } = new URL(serviceUrl);
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  if (protocol !== 'http:' || !loopback) throw new TeamsError('not-loopback', `the service address ${hostname} is not on this machine`);
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}
