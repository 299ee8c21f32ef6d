/** The same road over S3: published to a real S3 server, browsed and played from there. */
import { join } from 'node:path';
import { buildToneLibrary } from '../builders/tone-library.ts';
import { ensureRadosgw } from '../s3-server/install.ts';
import { startRadosgw } from '../s3-server/radosgw.ts';
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { publish, startService, startWebShell, withFolder } from './support/stack.ts';

test('a library published to S3 plays from there, and publishing again uploads nothing', async ({ page }) => {
  test.setTimeout(240_000);
  const availability = await ensureRadosgw();
  test.skip(!availability.ok, `no S3 server here: ${availability.ok ? '' : availability.reason}`);
  const s3 = await startRadosgw();
  const { folder, remove } = await withFolder();
  const ends: (() => Promise<void>)[] = [remove, () => s3.stop()];
  // The processes find their keys where the SDK's default chain looks for them.
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: s3.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
  });
  try {
    const store = { location: `s3://${s3.bucket}/music`, endpoint: s3.endpoint, region: s3.region };
    const library = join(folder, 'library');
    const tones = await buildToneLibrary(library);
    const heard = tones[5]!;
    const first = await publish(library, store, ['--no-analysis']);
    expect(first['uploads']).toBeGreaterThan(tones.length);
    const second = await publish(library, store, ['--no-analysis']);
    expect(second['uploads']).toBe(0);
    expect(second['revision']).toBe(first['revision']);

    const service = await startService(store, join(folder, 'index'));
    ends.push(() => service.stop());
    const app = await startWebShell(service.url, join(folder, 'app'));
    ends.push(() => app.stop());
    const riffle = await RifflePage.open(page, app.url);
    await riffle.openAlbum(heard.album);
    await riffle.playTrack(heard.title);
    await riffle.expectTone(heard.frequencyHz);
  } finally {
    process.env = before;
    for (const end of ends.toReversed()) await end();
  }
});
