/**
 * Changes a library as fast as it can and says what was confirmed, until it is killed: likes, a playlist with what was just liked in
 * it; every few changes all documents are written whole.
 */
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { createJsonDocument } from '../../src/main/storage/json-document.ts';
import { deviceDocumentSchema, openDevice } from '../../src/main/library/device.ts';
import { createLibraryFiles } from '../../src/main/library/library-files.ts';
import { openLibrary } from '../../src/main/library/library.ts';
import { NEW_DETAILS } from '../../src/core/library/playlist-view.ts';

// What a process compiled it keeps at its end, and this one has none.
flushCompileCache();

const [folder = ''] = process.argv.slice(2);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const device = await openDevice({
  document: createJsonDocument({ path: join(folder, 'device.json'), schema: deviceDocumentSchema, log }),
  now: Date.now,
});
const library = await openLibrary({
  files: createLibraryFiles({ folder, log, mostLines: 5 }),
  device,
  userId: 'lene',
  isSynced: true,
  onChange: () => undefined,
  log,
});
const PLAYLIST = 'p'.repeat(20);
const idOf = (count: number): string => `t${String(count).padStart(19, '0')}`;
if (library.documents.playlist(PLAYLIST) === null) {
  const details = { ...NEW_DETAILS, name: 'Mix' };
  await library.change([{ kind: 'playlist', id: PLAYLIST, edits: [{ type: 'create', details }] }]);
}
const start = library.documents.saved().replica().list('track').length;
/** Whoever kills may be late; in all its lives it writes no more than can be sent at a time. */
const MOST_CHANGES = 60;

for (let count = start; count < start + MOST_CHANGES; count += 1) {
  const id = idOf(count);
  // One change of two documents: both or none.
  await library.change([
    { kind: 'saved', edits: [{ type: 'save', kind: 'track', items: [{ id }] }] },
    { kind: 'playlist', id: PLAYLIST, edits: [{ type: 'add', before: null, tracks: [{ trackId: id }] }] },
  ]);
  process.stdout.write(`${count}\n`);
}
// Waits for its end.
setTimeout(() => undefined, 60_000);
