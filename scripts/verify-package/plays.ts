/**
 * `node scripts/verify-package/plays.ts`: starts the packaged app of this machine against a real service with a library of tones, plays
 * one, and listens. Needs a display (`xvfb-run` on Linux).
 */
import { join } from 'node:path';
import { tapSound } from '../../tests/browser/sound-tap.ts';
import { buildToneLibrary } from '../../tests/builders/tone-library.ts';
import { RifflePage } from '../../tests/e2e/support/riffle-page.ts';
import { publish, startService, withFolder } from '../../tests/e2e/support/stack.ts';
import { packagedPrograms } from './packaged-apps.ts';
import { startPackaged } from './start-packaged.ts';

const own = packagedPrograms(join(import.meta.dirname, '../../release')).find(({ runsHere }) => runsHere);
if (own === undefined)
  throw new Error('No app in release/ is for this machine. Run "npm run package -- --dir".');

const { folder, remove } = await withFolder();
const library = join(folder, 'library');
const store = { location: join(folder, 'store') };
const [tone] = await buildToneLibrary(library);
if (tone === undefined) throw new Error('There is no tone to play.');
await publish(library, store, ['--no-analysis']);
const service = await startService(store, join(folder, 'index'));
try {
  const app = await startPackaged(own.executable, [
    `--service=${service.url}`,
    `--data=${join(folder, 'data')}`,
  ]);
  try {
    await tapSound(app.page);
    await app.page.reload();
    const riffle = new RifflePage(app.page);
    await riffle.openAlbum(tone.album);
    await riffle.playTrack(tone.title);
    await riffle.expectTone(tone.frequencyHz);
    process.stdout.write(
      `${own.name} starts, and plays ${tone.title} at ${Math.round(tone.frequencyHz)} Hz.\n`,
    );
  } finally {
    await app.stop();
  }
} finally {
  await service.stop();
  await remove();
}
