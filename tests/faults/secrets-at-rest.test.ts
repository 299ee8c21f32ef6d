import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MediaAddress } from '../../src/contract/catalog-http.ts';
import { createFileSecrets } from '../../src/main/secrets/file-secrets.ts';
import { systemClock } from '../../src/main/ports.ts';
import { createTrackCache } from '../../src/main/track-cache/track-cache.ts';
import { startOrigin } from '../host/origin-server.ts';
import { recordLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { buildTrack } from '../host/track-builder.ts';
import { audioBytes, readSome, sha256Of, until } from '../host/track-cache-fixture.ts';

const WINDOW_BYTES = 32;
const TOKEN = 'a-token-that-must-not-be-kept';
const SIGNATURE = 'signature-of-an-address-0123456789';
const never = new AbortController().signal;

/** What files of each kind begin with, so that a scan for music would find them. */
const HEADS: Readonly<Record<string, Buffer>> = {
  flac: Buffer.from('fLaC\0\0\0\x22'),
  mp3: Buffer.from('ID3\x04\0\0\0\0'),
  ogg: Buffer.from('OggS\0\x02\0\0'),
  m4a: Buffer.concat([Buffer.from([0, 0, 0, 32]), Buffer.from('ftypM4A ')]),
};

const withHead = (head: Buffer, seed: number): Uint8Array => {
  const audio = audioBytes(180_000, seed);
  audio.set(head);
  return audio;
};

/** Every file below a folder, by its path. */
const filesBelow = async (folder: string): Promise<ReadonlyMap<string, Buffer>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>();
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(path, await readFile(path));
  }
  return files;
};

/** Windows that do not overlap: they find any stretch of audio of twice their length. By their first four bytes. */
const windowsOf = (audio: Uint8Array): ReadonlyMap<number, readonly Buffer[]> => {
  const windows = new Map<number, Buffer[]>();
  for (let start = 0; start + WINDOW_BYTES <= audio.byteLength; start += WINDOW_BYTES) {
    const window = Buffer.from(audio.subarray(start, start + WINDOW_BYTES));
    const begin = window.readUInt32LE();
    windows.set(begin, [...(windows.get(begin) ?? []), window]);
  }
  return windows;
};

/** How often audio stands somewhere in clear. */
const windowsIn = (content: Buffer, windows: ReadonlyMap<number, readonly Buffer[]>): number => {
  let found = 0;
  for (let place = 0; place + WINDOW_BYTES <= content.byteLength; place += 1) {
    const candidates = windows.get(content.readUInt32LE(place));
    if (candidates === undefined) continue;
    const here = content.subarray(place, place + WINDOW_BYTES);
    if (candidates.some((window) => window.equals(here))) found += 1;
  }
  return found;
};

describe('what lies on the disk', () => {
  it('holds no audio, no address, no token and no key in clear, whole or in part, in any file or in the log', async () => {
    const root = await temporaryFolder();
    const origin = await startOrigin();
    onTestFinished(() => origin.close());
    const log = recordLog();
    const secretsFolder = join(root, 'data', 'secrets');
    const tracks = Object.entries(HEADS).map(([name, head], place) => {
      const audio = withHead(head, 300 + place);
      origin.put(`/${name}`, audio);
      return { name, audio, head, windows: windowsOf(audio), track: buildTrack(name) };
    });
    const addressOf = (trackId: string): MediaAddress => {
      const found = tracks.find(({ track }) => track.id === trackId);
      if (found === undefined) throw new Error('no such track');
      return {
        url: `${origin.url(`/${found.name}`)}?X-Signature=${SIGNATURE}&token=${TOKEN}`,
        expiresAt: '2999-01-01T00:00:00.000Z',
        contentType: 'audio/flac',
        bytes: found.audio.byteLength,
        sha256: sha256Of(found.audio),
      };
    };
    const cache = await createTrackCache({
      folder: join(root, 'cache'),
      account: 'listener',
      dataFolder: root,
      limits: { cachedBytes: 1e9, pinnedBytes: null },
      secrets: createFileSecrets({ folder: secretsFolder, log }),
      lookUp: (trackId) => tracks.find(({ track }) => track.id === trackId)?.track ?? null,
      reserveBytes: 0,
      fetch: globalThis.fetch,
      clock: systemClock,
      log,
      onChange: () => undefined,
      resolve: async (trackId) => addressOf(trackId),
    });
    onTestFinished(() => cache.close());
    cache.setPinned([]);

    // Kept, played, fetched in part, refused, cut: each may write and log something else.
    const [first, second, third, fourth] = tracks;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) return;
    await cache.keep(first.track.id, never);
    const everything = { first: 0, last: second.audio.byteLength - 1 };
    origin.meetWith(`/${second.name}`, { kind: 'status', status: 403 }, { kind: 'cut', afterBytes: 90_000 });
    await new Response(await cache.read(await cache.describe(second.track.id), everything)).arrayBuffer();
    origin.meetWith(`/${fourth.name}`, { kind: 'status', status: 404 });
    await expect(cache.keep(fourth.track.id, never)).rejects.toThrow('404');
    origin.meetWith(`/${third.name}`, { kind: 'hold', afterBytes: 100_000 });
    const part = (await cache.read(await cache.describe(third.track.id), everything)).getReader();
    await readSome(part, 60_000);
    // A reader has it from memory, before the disk does.
    await until('a part is on the disk', () => (cache.holding(third.track.id)?.presentBytes ?? 0) > 50_000);
    await until('two are whole', () => cache.wholeTracks().length === 2);

    const keys = await filesBelow(secretsFolder);
    expect(keys.size).toBe(1);
    const [stored = Buffer.alloc(0)] = keys.values();
    const key = Buffer.from(stored.toString('utf8'), 'base64');
    expect(key.byteLength).toBe(16);
    const forbidden: Readonly<Record<string, Buffer>> = {
      'the key': key,
      'the key in hex': Buffer.from(key.toString('hex')),
      'the key in base64': Buffer.from(key.toString('base64').replace(/=+$/, '')),
      'the key in base64 for addresses': Buffer.from(key.toString('base64url')),
      'a token': Buffer.from(TOKEN),
      'a signature': Buffer.from(SIGNATURE),
      'an address': Buffer.from(origin.url('/')),
      'a query': Buffer.from('X-Signature'),
    };

    const isSecretFile = (path: string): boolean => path.startsWith(secretsFolder);
    const look = async (): Promise<readonly string[]> => {
      const files = Array.from(await filesBelow(root)).filter(([path]) => !isSecretFile(path));
      const logged: readonly [string, Buffer] = [
        'the log',
        Buffer.from(JSON.stringify(log.lines, errorsToo)),
      ];
      const trouble: string[] = [];
      for (const [path, content] of [...files, logged]) {
        for (const [what, bytes] of Object.entries(forbidden))
          if (content.includes(bytes)) trouble.push(`${what} in ${path}`);
        for (const { name, windows, head } of tracks) {
          if (content.includes(head)) trouble.push(`the head of ${name} in ${path}`);
          const found = windowsIn(content, windows);
          if (found > 0) trouble.push(`${found} windows of ${name} in ${path}`);
        }
      }
      return trouble;
    };

    // Also while it runs: the log of the index lies beside it then.
    const names = Array.from((await filesBelow(join(root, 'cache'))).keys());
    expect(names.filter((name) => name.endsWith('.part'))).toHaveLength(1);
    expect(names.filter((name) => name.includes('index.sqlite')).length).toBeGreaterThan(0);
    expect(await look()).toEqual([]);
    origin.release();
    await cache.close();
    expect(await look()).toEqual([]);

    // The search finds what it looks for where that is.
    const inClear = Buffer.concat([Buffer.from('before'), first.audio.subarray(70_001)]);
    expect(windowsIn(inClear, first.windows)).toBeGreaterThan(3_000);
  });
});

/** An error says as much in a log as its stack and its causes do. */
const errorsToo = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? { ...value, message: value.message, stack: value.stack, cause: value.cause }
    : value;
