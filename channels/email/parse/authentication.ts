import type { Headers } from './mime/entity.ts';
import type { MailAuthentication } from './parsed-mail.ts';

/**
 * What a trusted server judged of the sender (RFC 8601). Only the topmost header of such a server counts: servers write theirs above
 * what is there, so anything below may have come with the mail.
 */
export function authenticationOf(headers: Headers, trustedHosts: readonly string[]): MailAuthentication | null {
  const trusted = new Set(trustedHosts.map((host) => host.toLowerCase()));
  for (const raw of headers.all('authentication-results')) {
    const value = withoutComments(raw.replace(/[\r\n]+/g, ' ').slice(0, 20_000));
    const [service = '', ...results] = value.split(';').map((piece) => piece.trim());
    const by = service.split(/\s+/)[0]?.toLowerCase() ?? '';
    if (!trusted.has(by)) continue;
    const result = (method: string) => {
      const found = results
        .map((text) => new RegExp(`^${method}(?:/\\d+)?\\s*=\\s*([a-z]+)`, 'i').exec(text)?.[1]?.toLowerCase())
        .filter((word) => word !== undefined);
      return found.includes('pass') ? 'pass' : (found[0] ?? null);
    };
    return { by, spf: result('spf'), dkim: result('dkim'), dmarc: result('dmarc') };
  }
  return null;
}

/** Comments may be nested and hold semicolons. */
function withoutComments(text: string): string {
  let depth = 0;
  let out = '';
  for (const char of text) {
    if (char === '(') depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (depth === 0) out += char;
  }
  return out;
}
