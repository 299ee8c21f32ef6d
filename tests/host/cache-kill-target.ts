/** Fetches tracks into a cache, one after the other, and says which it has been told are kept, until it is killed. */
import { systemClock } from '../../src/main/ports.ts';
import { createTrackCache } from '../../src/main/track-cache/track-cache.ts';
import { recordLog } from './silent-log.ts';
import { sha256Of, trackIdFor, audioBytes } from './track-cache-fixture.ts';

const [folder = '', originUrl = '', bytes = '0'] = process.argv.slice(2);

const audioOf = (trackId: string): Uint8Array => audioBytes(Number(bytes), 1 + Number(trackId.slice(1, 4)));
let told = Promise.withResolvers<void>();
const cache = createTrackCache({
  folder,
  limitBytes: 1e9,
  fetch: globalThis.fetch,
  clock: systemClock,
  log: recordLog(),
  onChange: () => {
    const announced = told;
    told = Promise.withResolvers<void>();
    announced.resolve();
  },
  resolve: async (trackId) => ({
    url: `${originUrl}${trackId}`,
    expiresAt: '2999-01-01T00:00:00.000Z',
    contentType: 'audio/flac',
    bytes: Number(bytes),
    sha256: sha256Of(audioOf(trackId)),
  }),
});

for (let count = 0; ; count += 1) {
  const trackId = trackIdFor(`t${String(count).padStart(3, '0')}x`);
  const file = await cache.describe(trackId);
  const kept = told.promise;
  const body = await cache.read(file, { first: 0, last: file.bytes - 1 });
  await new Response(body).arrayBuffer();
  await kept;
  process.stdout.write(`${trackId}\n`);
}
