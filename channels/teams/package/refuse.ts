import { isIP } from 'node:net';
import type { PackageInput } from './manifest.ts';

/** Names that never resolve outside one machine or network (RFC 6761, RFC 6762, RFC 8375, ICANN on `internal`). */
const PRIVATE = ['localhost', 'local', 'internal', 'lan', 'home', 'corp', 'intranet', 'test', 'invalid', 'home.arpa'];
/** Microsoft's own names, which cannot be an app's (learn.microsoft.com: "Register your tab app", Application ID URI). */
const NOT_YOURS = ['azurewebsites.net', 'onmicrosoft.com'];
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Everything for which Teams would refuse the package or leave it silent, with what to do about it; empty when there is nothing.
 * What the schema itself says (patterns, further lengths) is checked against the schema.
 */
export function whyNot(it: PackageInput): string[] {
  return [
    ...whyNotAddress(it.publicUrl),
    ...tooLong('the name', it.name, 30, '--name'),
    ...tooLong('the organisation’s name', it.developer, 32, '--developer'),
    ...(/^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/.test(it.version)
      ? []
      : [`the version "${it.version}" is not one: three numbers such as 1.2.0 (--version), higher at each upload`]),
    ...[
      ['--privacy', it.privacyUrl],
      ['--terms', it.termsUrl],
    ].flatMap(([option, url]) => (url && isHttps(url) ? [] : [`${option} must be an address that begins with https://; it is "${url}"`])),
  ];
}

function whyNotAddress(publicUrl: string | null): string[] {
  if (publicUrl === null) return ['LOKET_PUBLIC_URL is not set: Teams must know where to reach the desk, such as https://desk.example.org'];
  if (!URL.canParse(publicUrl))
    return [`LOKET_PUBLIC_URL is "${publicUrl}", which is no address; it is one such as https://desk.example.org`];
  const { protocol, hostname, pathname, username } = new URL(publicUrl);
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const problems: string[] = [];
  const say = (what: string) => problems.push(`LOKET_PUBLIC_URL is ${publicUrl}: ${what}`);
  if (protocol !== 'https:') say('Teams shows pages and calls bots over https alone; put a proxy with a certificate before the desk');
  if (username) say('an address with a name or password in it is not taken');
  if (pathname !== '/') say('the desk stands at the top of its host; take the path away');
  if (isIP(host)) say('Teams takes a name, not an IP address; give the desk a name in the public DNS');
  else if (PRIVATE.some((name) => host === name || host.endsWith(`.${name}`)))
    say(`Microsoft’s servers must reach the desk, and "${host}" exists on your own machine or network alone; use a name in the public DNS`);
  else if (!host.includes('.')) say(`"${host}" has no domain; use a name in the public DNS, such as desk.example.org`);
  else if (!host.split('.').every((label) => LABEL.test(label))) say(`"${host}" is not a host name: letters, digits and hyphens`);
  else if (NOT_YOURS.some((name) => host.endsWith(`.${name}`)))
    say(`single sign-on does not take names below ${NOT_YOURS.join(' or ')}; use a domain of your own`);
  return problems;
}

function tooLong(what: string, text: string, most: number, option: string): string[] {
  const length = text.trim().length;
  if (length === 0) return [`${what} is empty; give one with ${option}`];
  return length > most ? [`${what} "${text}" has ${length} characters, and Teams takes ${most}; give a shorter one with ${option}`] : [];
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
