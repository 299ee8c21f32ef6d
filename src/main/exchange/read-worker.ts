/** The thread of `read-in-thread.ts`: reads the files it is given, and hands what was in them over a portion at a time. */
import { parentPort } from 'node:worker_threads';
import { playedTracks } from '../../core/exchange/import-plan.ts';
import { readFiles } from './formats/read-files.ts';
import { portionsOf } from './import-pieces.ts';
import { previewOf } from './import-preview.ts';
import type { FromReader, ToReader } from './read-in-thread.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');
const say = (message: FromReader): void => port.postMessage(message);

port.once('message', (files: ToReader) => {
  const result = readFiles(files.map(({ name, pieces }) => ({ name, bytes: Buffer.concat(pieces) })));
  const portions = portionsOf({ ...result.bundle, played: playedTracks(result.bundle.plays) });
  // Each portion is asked for.
  port.on('message', () => {
    const next = portions.next();
    say(next.done === true ? { kind: 'end' } : { kind: 'portion', portion: next.value });
  });
  say({ kind: 'preview', preview: previewOf(result) });
});
