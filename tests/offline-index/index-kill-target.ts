/** Sees music as fast as it can and says how many tracks have been filed, until it is killed. */
import { flushCompileCache } from 'node:module';
import { createOfflineIndex } from '../../src/main/offline-index/offline-index.ts';
import { recordLog } from '../host/silent-log.ts';
import { manyTracks } from './many-tracks.ts';

// What a process compiled it keeps at its end, and this one has none.
flushCompileCache();

const AT_ONCE = 50;
const [path = ''] = process.argv.slice(2);
const index = createOfflineIndex({ path, clock: { now: () => Date.now() }, log: recordLog() });

for (let count = 0; ; count += AT_ONCE) {
  const tracks = manyTracks(AT_ONCE, count);
  index.see({ kind: 'tracks', tracks });
  index.hold(tracks.map((track) => track.id));
  await index.settled();
  process.stdout.write(`${count + AT_ONCE}\n`);
}
