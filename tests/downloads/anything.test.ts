import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PinSource } from '../../src/contract/offline.ts';
import type { DownloadsService } from '../../src/main/downloads/downloads.ts';
import { computer, networkComes, networkGoes, until, type Computer } from './open-downloads.ts';

const TITLES = ['A', 'B', 'C'];
type Happening = (home: Computer, downloads: DownloadsService, sources: readonly PinSource[]) => unknown;

const which = fc.nat(TITLES.length - 1);
const at = (sources: readonly PinSource[], index: number): PinSource => {
  const source = sources[index];
  if (source === undefined) throw new Error(`no source ${index}`);
  return source;
};
const onOne = (call: (downloads: DownloadsService, source: PinSource) => Promise<unknown>) =>
  which.map<Happening>((index) => (_, downloads, sources) => call(downloads, at(sources, index)));

const happening: fc.Arbitrary<readonly [string, Happening]> = fc.oneof(
  onOne(({ api }, source) => api.pin({ source }).catch(() => undefined)).map((run) => ['pin', run] as const),
  onOne(({ api }, source) => api.unpin({ source })).map((run) => ['unpin', run] as const),
  onOne(({ api }, source) => api.pause({ source })).map((run) => ['pause', run] as const),
  onOne(({ api }, source) => api.resume({ source })).map((run) => ['resume', run] as const),
  onOne(({ api }, source) => api.move({ source, before: null })).map((run) => ['move', run] as const),
  fc.constantFrom<readonly [string, Happening]>(
    ['pause all', (_, { api }) => api.pause({ source: null })],
    ['network goes', (home, downloads) => networkGoes(home, downloads)],
    ['network comes', (home, downloads) => networkComes(home, downloads)],
    ['audio cannot be reached', ({ cache }) => cache.failAll('service_unreachable')],
    ['disk is full', ({ cache }) => cache.failAll('storage_failed')],
    [
      'network is metered',
      ({ world }, downloads) => {
        world.isMetered = true;
        downloads.networkChanged();
      },
    ],
    ['folder is wiped', ({ cache }) => cache.lose(cache.whole())],
    ['fetches stand still', ({ cache }) => cache.hold()],
    ['fetches go on', ({ cache }) => cache.release()],
    ['time passes', ({ clock }) => clock.advance(7_000)],
  ),
);

// A thousand changes, each of them on the disk before the next: on a slow one that alone takes half a minute.
it(
  'whatever happens, in the end everything that is pinned is kept, and nothing was fetched twice at once',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (happenings) => {
        const home = await computer();
        const sources = TITLES.map((title) => home.album(title, 3));
        const downloads = await home.start();
        for (const [, happen] of happenings) await happen(home, downloads, sources);

        networkComes(home, downloads);
        home.cache.release();
        home.world.isMetered = false;
        downloads.networkChanged();
        downloads.settingsChanged();
        await downloads.api.resume({ source: null });
        await until(
          'all is kept',
          () => {
            void home.clock.advance(1_000);
            return downloads.snapshot().pins.every(({ state }) => state.kind === 'kept');
          },
          downloads.snapshot,
        );
        const { pins } = downloads.snapshot();
        expect(new Set(home.cache.pinned()).size).toBe(pins.length * 3);
        expect(downloads.snapshot().waitingTracks).toBe(0);
        expect(home.log.lines.filter(({ fields }) => fields['code'] === 'internal')).toEqual([]);
        expect(home.cache.mostAtOnce()).toBeLessThanOrEqual(2);
        await downloads.close();
      }),
      { numRuns: 60 },
    );
  },
);
