import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate made on the spot, of an authority that nobody trusts who is not told to. */
export function certificate(host: string, kind: 'ec' | 'rsa' = 'ec'): { readonly cert: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'loket-cert-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const names = `subjectAltName=DNS:${host},IP:127.0.0.1`;
    const wanted = [
      'req',
      '-x509',
      '-newkey',
      ...(kind === 'ec' ? ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'] : ['rsa:2048']),
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${host}`,
    ];
    execFileSync('openssl', [...wanted, '-addext', names, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
