import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTokens, TokenError } from './oauth.ts';
import { TokenServer } from './test/token-server.ts';

const server = new TokenServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

/** Tokens by a clock that the test turns. */
function tokens() {
  let now = 0;
  const before = server.asked.length;
  return {
    of: openTokens(() => now),
    later: (ms: number) => {
      now += ms;
    },
    asked: () => server.asked.length - before,
  };
}

describe('tokens', () => {
  it('are asked of Microsoft 365 by client credentials', async () => {
    await tokens().of(server.microsoft);
    expect(Object.fromEntries(server.asked.at(-1) ?? [])).toEqual({
      client_id: 'app',
      client_secret: 'secret of the app',
      grant_type: 'client_credentials',
      scope: 'https://outlook.office365.com/.default',
    });
  });

  it('are asked of Google by the refresh token', async () => {
    await tokens().of(server.google);
    expect(Object.fromEntries(server.asked.at(-1) ?? [])).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'refresh' });
  });

  it('are kept, and renewed five minutes before they expire', async () => {
    const { of, later, asked } = tokens();
    const first = await of(server.microsoft);
    later(55 * 60_000 - 1);
    expect(await of(server.microsoft)).toBe(first);
    later(1);
    expect(await of(server.microsoft)).not.toBe(first);
    expect(asked()).toBe(2);
  });

  it('that live shorter than that are used for half their life', async () => {
    const { of, later, asked } = tokens();
    server.expiresIn = 60;
    await of(server.microsoft);
    server.expiresIn = 3600;
    later(29_000);
    await of(server.microsoft);
    expect(asked()).toBe(1);
    later(1000);
    await of(server.microsoft);
    expect(asked()).toBe(2);
  });

  it('are asked for once, however many need one', async () => {
    const { of, asked } = tokens();
    const all = await Promise.all(Array.from({ length: 10 }, () => of(server.microsoft)));
    expect(new Set(all).size).toBe(1);
    expect(asked()).toBe(1);
  });

  it('that were refused are replaced, but not one that is newer', async () => {
    const { of, asked } = tokens();
    const first = await of(server.microsoft);
    const second = await of(server.microsoft, first);
    expect(second).not.toBe(first);
    expect(await of(server.microsoft, first)).toBe(second);
    expect(asked()).toBe(2);
  });

  it('of two mailboxes are two', async () => {
    const { of, asked } = tokens();
    await of(server.microsoft);
    await of(server.google);
    expect(asked()).toBe(2);
  });

  it('that are not given say so in the words of who refused, and are asked for again', async () => {
    const { of } = tokens();
    const body = JSON.stringify({
      error: 'invalid_client',
      error_description: 'AADSTS7000222: The provided client secret keys are expired.',
    });
    server.refusals.push({ status: 401, body });
    await expect(of(server.microsoft)).rejects.toMatchObject({
      permanent: true,
      message: '127.0.0.1:PORT gives no token: invalid_client: AADSTS7000222: The provided client secret keys are expired.'.replace(
        'PORT',
        new URL(server.url).port,
      ),
    });
    expect(await of(server.microsoft)).toMatch(/^token-/);
  });

  it.each([
    [503, 'busy'],
    [200, '{}'],
    [200, 'no json'],
  ])('are not taken from an answer of %s %s', async (status, body) => {
    server.refusals.push({ status, body });
    await expect(tokens().of(server.microsoft)).rejects.toMatchObject({ permanent: false });
  });

  it('are not given by a server that is away', async () => {
    const away = { ...server.microsoft, tokenUrl: 'http://127.0.0.1:1/token' };
    await expect(tokens().of(away)).rejects.toThrow(TokenError);
  });
});
