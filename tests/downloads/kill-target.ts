/** Pins, unpins, moves and pauses as fast as it can, saying before and after each what it does, until it is killed. */
import { flushCompileCache } from 'node:module';
import { idOf } from '../builders/catalog-records.ts';
import { createFakeCatalog, pinAlbum, pinTrack } from '../fakes/fake-catalog.ts';
import { createFakeTrackCache } from '../fakes/fake-track-cache.ts';
import { createDownloads } from '../../src/main/downloads/downloads.ts';
import { systemClock } from '../../src/main/ports.ts';
import { recordLog } from '../host/silent-log.ts';
import type { Downloads } from '../../src/contract/offline.ts';

// What a process compiled it keeps at its end, and this one has none.
flushCompileCache();

const [folder = '', seed = '1'] = process.argv.slice(2);
const TITLES = ['A', 'B', 'C', 'D', 'E', 'F'];
const sourceOf = (title: string) => ({ kind: 'album', id: idOf('album', title) }) as const;

const catalog = createFakeCatalog();
for (const title of TITLES) {
  const tracks = Array.from({ length: 20 }, (_, index) => pinTrack(`${title} ${index + 1}`));
  catalog.put(pinAlbum(title, tracks));
}
const downloads = await createDownloads({
  dataFolder: folder,
  cache: createFakeTrackCache({ bytesOf: () => 1_000 }),
  catalog,
  lists: () => Promise.reject(new Error('there are no lists here')),
  service: () => ({ state: 'reachable', checkedAt: new Date().toISOString() }),
  keeping: { isAllowed: () => true, confirm: null },
  isMetered: async () => false,
  mayUseMetered: () => true,
  clock: systemClock,
  log: recordLog(),
  onChange: () => undefined,
  onPinContents: () => undefined,
});

/** The titles in order, a paused one in brackets. */
const picture = ({ pins }: Downloads): string =>
  pins.map(({ title, state }) => (state.kind === 'paused' ? `[${title}]` : title)).join(' ');

// Numbers in an order that is the same for the same seed (Lehmer).
let random = Number(seed) * 48_271 + 1;
const upTo = (count: number): number => {
  random = (random * 48_271) % 2_147_483_647;
  return random % count;
};
const anyTitle = (): string => TITLES[upTo(TITLES.length)] ?? 'A';

/** On its way when it resolves: nothing is done that is not said, though nobody listens for a second. */
const say = (line: string): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(`${line}\n`, () => resolve());
  });

await say(`is ${picture(downloads.snapshot())}`);
for (;;) {
  const title = anyTitle();
  const source = sourceOf(title);
  const isPinned = downloads.snapshot().pins.some((pin) => pin.source.id === source.id);
  const kind = isPinned ? upTo(3) : 3;
  await say(`will ${['unpin', 'move', 'pause', 'pin'][kind]} ${title}`);
  if (kind === 0) await downloads.api.unpin({ source });
  else if (kind === 1) await downloads.api.move({ source, before: sourceOf(anyTitle()) });
  else if (kind === 2) await downloads.api.pause({ source });
  else await downloads.api.pin({ source });
  await say(`is ${picture(downloads.snapshot())}`);
}
