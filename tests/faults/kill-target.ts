/** Does one thing with a track cache over and over, and says before and after each step what it does, until it is killed. */
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { dieAtChange } from './die-at.ts';

const orderSchema = z.object({
  operation: z.enum(['download', 'seek', 'evict', 'move', 'sign-out']),
  root: z.string(),
  origin: z.string(),
  /** Kills itself at that change to the disk; null waits for somebody else to do it. */
  deathAt: z.int().nullable(),
  seed: z.int(),
});
export type KillOrder = z.infer<typeof orderSchema>;

const order = orderSchema.parse(JSON.parse(process.argv[2] ?? ''));
if (order.deathAt !== null) await dieAtChange(order.deathAt);

const { openKillCache, KILL_TRACKS, CACHE_OF_THREE } = await import('./kill-cache.ts');
const { moveCache } = await import('../../src/main/storage/move-cache.ts');
const { randomFrom } = await import('./outcome.ts');
const { recordLog } = await import('../host/silent-log.ts');
// What a process compiled it keeps at its end, and this one has none.
flushCompileCache();

/** On its way when it resolves: nothing is done that is not said, though nobody listens for a second. */
const say = (line: string): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(`${line}\n`, () => resolve());
  });
const random = randomFrom(order.seed);
const never = new AbortController().signal;
const trackIds = KILL_TRACKS.map(({ trackId }) => trackId).sort(() => random() - 0.5);

await say('begin');
const { cache, location } = await openKillCache({
  root: order.root,
  origin: order.origin,
  cachedBytes: order.operation === 'evict' ? CACHE_OF_THREE : 1e9,
});
await cache.ready;

const keep = async (trackId: string): Promise<void> => {
  await say(`will keep ${trackId}`);
  await cache.keep(trackId, never);
  await say(`kept ${trackId}`);
};
const readFrom = async (trackId: string, share: number): Promise<void> => {
  const file = await cache.describe(trackId);
  const range = { first: Math.floor(file.bytes * share), last: file.bytes - 1 };
  await new Response(await cache.read(file, range)).arrayBuffer();
};

const steps: Readonly<Record<KillOrder['operation'], () => Promise<void>>> = {
  async download() {
    for (const trackId of trackIds) await keep(trackId);
    await say('will forget');
    await cache.remove(trackIds);
  },
  async seek() {
    for (const trackId of trackIds) {
      cache.expect(trackId, []);
      await say(`will seek ${trackId}`);
      await readFrom(trackId, 0.3 + random() / 2);
      await readFrom(trackId, random() / 4);
      await keep(trackId);
    }
    await say('will forget');
    await cache.remove(trackIds);
  },
  async evict() {
    const [pinned = '', ...others] = trackIds;
    cache.setPinned([pinned]);
    await keep(pinned);
    await say(`pinned ${pinned}`);
    for (const trackId of others) await keep(trackId);
    await say('will shrink');
    await cache.setLimits({ cachedBytes: Math.floor(CACHE_OF_THREE / 3), pinnedBytes: null });
    await cache.setLimits({ cachedBytes: CACHE_OF_THREE, pinnedBytes: null });
  },
  async move() {
    const chosen = join(order.root, location.folder().includes('one') ? 'two' : 'one');
    await say('will move');
    await cache.relocate(() =>
      moveCache({ location, chosen, signal: never, onProgress: () => undefined, log: recordLog() }),
    );
    await say('moved');
    await location.finish();
    await say('finished');
  },
  async 'sign-out'() {
    await say('will erase');
    await cache.eraseAll();
    await say('erased');
    for (const trackId of trackIds.slice(0, 3)) await keep(trackId);
  },
};

for (;;) await steps[order.operation]();
