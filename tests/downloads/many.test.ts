import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pinAlbum, pinTrack } from '../fakes/fake-catalog.ts';
import { computer, until } from './open-downloads.ts';

const PINS = 400;
const TRACKS = 25;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

it(`${PINS} albums with ${TRACKS} tracks each load, and are told, in no time`, async () => {
  const home = await computer();
  await mkdir(join(home.folder, 'pins'));
  const at = new Date(home.clock.now()).toISOString();
  await Promise.all(
    Array.from({ length: PINS }, (_, index) => {
      const tracks = Array.from({ length: TRACKS }, (_, track) => pinTrack(`${index} ${track}`));
      const album = pinAlbum(`Album ${index}`, tracks);
      const document = {
        version: 1,
        source: { kind: 'album', id: album.id },
        addedAt: at,
        checkedAt: at,
        contents: { kind: 'album', album },
      };
      return writeFile(join(home.folder, 'pins', `album-${album.id}.json`), JSON.stringify(document));
    }),
  );
  home.cache.hold();
  // The work that it is, which no other program on the machine makes more.
  const before = process.cpuUsage();
  const downloads = await home.start();
  const { user, system } = process.cpuUsage(before);
  const loadMs = (user + system) / 1_000;
  await downloads.api.get();
  await until('it fetches', () => downloads.snapshot().waitingTracks === PINS * TRACKS);

  const snapshotMs = Array.from({ length: 50 }, () => {
    const from = performance.now();
    downloads.snapshot();
    return performance.now() - from;
  });
  expect(downloads.snapshot().pins).toHaveLength(PINS);
  console.info(`loaded in ${loadMs.toFixed(0)} ms, snapshot ${median(snapshotMs).toFixed(2)} ms`);
  expect(median(snapshotMs)).toBeLessThan(5);
  expect(loadMs).toBeLessThan(3_000);

  home.cache.release();
  await until('all are kept', () => downloads.snapshot().waitingTracks === 0);
  expect(downloads.snapshot().pins.every(({ state }) => state.kind === 'kept')).toBe(true);
});
