import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clamav, findProgram } from '../test/setup/parts.ts';
import { ClamdServer, INFECTED } from '../test/support/clamd-server.ts';
import { pieces } from './blobs.ts';
import { Clamd, parseClamdAddress } from './clamd.ts';

describe('its address', () => {
  it('is a socket, or a host with or without a port', () => {
    expect(parseClamdAddress('unix:///run/clamav/clamd.ctl')).toEqual({ kind: 'unix', path: '/run/clamav/clamd.ctl' });
    expect(parseClamdAddress('tcp://clamav.example.org')).toEqual({ kind: 'tcp', host: 'clamav.example.org', port: 3310 });
    expect(parseClamdAddress('tcp://127.0.0.1:3311')).toEqual({ kind: 'tcp', host: '127.0.0.1', port: 3311 });
    for (const text of ['', '/run/clamd', 'http://x', 'unix://', 'tcp://']) expect(parseClamdAddress(text), text).toBeNull();
  });
});

describe.skipIf(findProgram(clamav) === null)('a real clamd', () => {
  const server = new ClamdServer();
  const clamd = new Clamd({ kind: 'unix', path: server.path });
  beforeAll(() => server.start(), 60_000);
  afterAll(() => server.remove());

  async function* inPieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
    for (const text of texts) yield Buffer.from(text);
  }

  it('finds what its signatures know, also across pieces', async () => {
    expect(await clamd.scan(pieces(Buffer.from('een gewone tekst')))).toEqual({ kind: 'clean' });
    const [head, tail] = [INFECTED.slice(0, 9), INFECTED.slice(9)];
    expect(await clamd.scan(inPieces('voor', head, '', tail, 'na'))).toEqual({ kind: 'infected', found: 'Loket.Test.UNOFFICIAL' });
    expect(await clamd.scan(inPieces())).toEqual({ kind: 'clean' });
  });

  it('cannot judge a file that is too large for it, and says so', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; given < 200; given += 1) yield Buffer.alloc(256 * 1024);
    }
    expect(await clamd.scan(endless())).toMatchObject({
      kind: 'unable',
      why: expect.stringMatching(/size limit exceeded|StreamMaxLength/),
    });
    expect(given).toBeLessThan(200);
  });

  it('tells its version', async () => {
    expect(await clamd.version()).toMatch(/^ClamAV \d/);
  });

  it('is away while it is stopped, and back when it is started', async () => {
    await server.stop();
    expect(await clamd.scan(pieces(Buffer.from('x')))).toMatchObject({ kind: 'away' });
    await expect(clamd.version()).rejects.toThrow();
    await server.start();
    expect(await clamd.scan(pieces(Buffer.from('x')))).toEqual({ kind: 'clean' });
  }, 60_000);
});

describe('a scanner that behaves badly', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
  });

  async function answering(behave: (socket: Socket) => void): Promise<Clamd> {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      behave(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return new Clamd(
      { kind: 'tcp', host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0 },
      { silentMs: 300 },
    );
  }

  it.each([
    ['never answers', (socket: Socket) => void socket.resume()],
    ['hangs up', (socket: Socket) => void socket.destroy()],
    ['says what nobody understands', (socket: Socket) => void socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['fails', (socket: Socket) => void socket.resume().end('INSTREAM: Can not allocate memory. ERROR\0')],
  ])('and %s is away', async (_, behave) => {
    expect(await (await answering(behave)).scan(pieces(Buffer.alloc(100_000)))).toMatchObject({ kind: 'away' });
  });

  it('does not hide that the content could not be read', async () => {
    const clamd = await answering((socket) => void socket.resume());
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('x');
      throw new Error('the disk broke');
    }
    await expect(clamd.scan(broken())).rejects.toThrow('the disk broke');
  });
});
