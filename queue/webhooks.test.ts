import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from './handlers/signature.ts';
import { isInside, postWebhook, whyNotPosted } from './webhook-post.ts';

const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const taken: { readonly headers: Record<string, string | string[] | undefined>; readonly body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on('end', () => {
    taken.push({ headers: request.headers, body });
    if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
    else if (request.url === '/endless') response.writeHead(500).end('x'.repeat(1_000_000));
    else response.end('thanks');
  });
});
let base: string;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const task = (url: string) => ({ id: 'msg_1', url, secret: SECRET, attempt: 1, body: '{"type":"case.ready"}' });

describe('posting a webhook', () => {
  it('is signed so that its receiver can check it', async () => {
    expect(await postWebhook(task(`${base}/hook`), true)).toEqual({ ok: true, answer: '200 OK thanks' });
    const got = taken.at(-1);
    expect(verify(SECRET, got?.headers ?? {}, got?.body ?? '', new Date())).toEqual({ kind: 'genuine', id: 'msg_1' });
    expect(verify(SECRET, got?.headers ?? {}, `${got?.body} `, new Date()).kind).toBe('refused');
  });

  it('follows no redirect, and keeps no more of an answer than one reads', async () => {
    const before = taken.length;
    expect(await postWebhook(task(`${base}/moved`), true)).toEqual({ ok: false, answer: '302 Found' });
    expect(taken.length).toBe(before + 1);
    const { ok, answer } = await postWebhook(task(`${base}/endless`), true);
    expect([ok, answer.length < 200_000]).toEqual([false, true]);
  });

  it('goes to no address inside, also when a name leads there', async () => {
    const before = taken.length;
    expect(await postWebhook(task(`${base}/hook`), false)).toEqual({ ok: false, answer: 'it is an address inside' });
    const named = await postWebhook(task(`${base.replace('127.0.0.1', 'localhost.')}/hook`), false);
    expect(named.ok).toBe(false);
    expect(taken.length).toBe(before);
  });

  it('says why nobody was reached', async () => {
    const { ok, answer } = await postWebhook(task('http://127.0.0.1:1/'), true);
    expect([ok, answer]).toEqual([false, expect.stringContaining('ECONNREFUSED')]);
  });
});

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
  ])('is inside: %s', (address) => expect(isInside(address)).toBe(true));
  it.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('is outside: %s', (address) =>
    expect(isInside(address)).toBe(false),
  );
  it.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://LOCALHOST/',
    'file:///etc/passwd',
    'https://a:b@example.org/',
    'no address',
  ])('is refused as written: %s', (url) => expect(whyNotPosted(url, false)).not.toBeNull());
  it('is taken when it is one outside', () => expect(whyNotPosted('https://portal.example.org/hook', false)).toBeNull());
});
