import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { S3Server } from '../test/support/s3-server.ts';
import { type Blobs, newKey } from './blobs.ts';
import { DiskBlobs } from './disk.ts';
import { S3Blobs } from './s3.ts';

const MEGABYTE = 1024 * 1024;
const folder = await mkdtemp(join(tmpdir(), 'loket-files-'));
const s3 = new S3Server();
await s3.start();
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

const disk = new DiskBlobs(folder);
const store = new S3Blobs(s3);
const given: readonly (readonly [string, Blobs, () => Promise<number>])[] = [
  ['on disk', disk, async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((it) => it.isFile()).length],
  ['in an S3-compatible store', store, async () => s3.objects.size + s3.uploads.size],
];

/** So much, each piece telling its place. */
async function* pieces(bytes: number, size = 64 * 1024): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes; at += size) {
    const piece = Buffer.alloc(Math.min(size, bytes - at), 'x');
    piece.write(String(at));
    yield piece;
  }
}

async function* failing(after: number): AsyncGenerator<Buffer> {
  yield* pieces(after);
  throw new Error('the sender went away');
}

const read = async (blobs: Blobs, key: string) => buffer(await blobs.open(key));

describe.each(given)('content %s', (_, blobs, count) => {
  it('comes back as it was given, small, in pieces and large', async () => {
    for (const content of [Buffer.from('hallo'), Buffer.alloc(0)]) expect(await read(blobs, await blobs.put(content))).toEqual(content);
    for (const size of [1, 5 * MEGABYTE - 1, 5 * MEGABYTE, 12 * MEGABYTE + 7]) {
      const found = await read(blobs, await blobs.put(pieces(size)));
      expect(found.equals(await buffer(pieces(size))), String(size)).toBe(true);
    }
  });

  it('is gone when removed, however often', async () => {
    const key = await blobs.put(Buffer.from('weg'));
    await blobs.remove(key);
    await blobs.remove(key);
    await expect(blobs.open(key)).rejects.toMatchObject({ code: 'unknown' });
  });

  it('leaves nothing when its sender breaks off', async () => {
    const before = await count();
    for (const after of [0, 1, 11 * MEGABYTE]) await expect(blobs.put(failing(after))).rejects.toThrow('the sender went away');
    expect(await count()).toBe(before);
  });

  it('takes no key but its own kind', async () => {
    for (const key of ['', '../../etc/passwd', 'A'.repeat(32), `${newKey()}/x`])
      await expect(blobs.put(Buffer.from('x'), key)).rejects.toThrow(TypeError);
  });

  it('can be tried', async () => {
    const before = await count();
    await blobs.check();
    expect(await count()).toBe(before);
  });
});

describe('on disk', () => {
  it('a full disk is said, and leaves nothing', async () => {
    // /dev/full answers every write as a full disk does (full(4)).
    const full = new DiskBlobs('/dev/full');
    await expect(full.put(Buffer.from('x'))).rejects.toMatchObject({ code: 'storage-away' });
    const nearlyFull = new DiskBlobs(folder, { keptFree: Number.MAX_SAFE_INTEGER });
    await expect(nearlyFull.put(Buffer.from('x'))).rejects.toMatchObject({ code: 'storage-full' });
  });

  it('what stands there is readable by the desk alone, and never half', async () => {
    const key = await disk.put(pieces(MEGABYTE));
    const path = join(folder, key.slice(0, 2), key);
    expect((await stat(path)).mode & 0o077).toBe(0);
    await writeFile(`${path}.part`, 'left by a crash');
    expect((await readFile(path)).byteLength).toBe(MEGABYTE);
    await disk.remove(key);
    // Another file may share the folder.
    expect((await readdir(join(folder, key.slice(0, 2)))).filter((name) => name.startsWith(key))).toEqual([]);
  });
});

describe('in an S3-compatible store', () => {
  it('goes in parts, so that no more than one is in memory', async () => {
    s3.largestBody = 0;
    await store.put(pieces(40 * MEGABYTE));
    expect(s3.largestBody).toBe(5 * MEGABYTE);
  });

  it('that is away, full, or will not have the key: each is said', async () => {
    const elsewhere = new S3Blobs({ ...s3, url: 'http://127.0.0.1:1/desk-files', accessKeyId: 'a', secretAccessKey: 'b', region: 'c' });
    await expect(elsewhere.put(Buffer.from('x'))).rejects.toMatchObject({ code: 'storage-away' });
    await expect(elsewhere.open(newKey())).rejects.toMatchObject({ code: 'storage-away' });
    const stranger = new S3Blobs({ url: s3.url, accessKeyId: s3.accessKeyId, secretAccessKey: 'guess', region: s3.region });
    await expect(stranger.put(Buffer.from('x'))).rejects.toThrow(/403.*SignatureDoesNotMatch/);
    s3.failing = 507;
    await expect(store.put(pieces(12 * MEGABYTE))).rejects.toMatchObject({ code: 'storage-full' });
    s3.failing = 503;
    await expect(store.put(Buffer.from('x'))).rejects.toMatchObject({ code: 'storage-away' });
    s3.failing = null;
  });
});
