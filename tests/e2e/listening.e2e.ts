/** Stories of somebody who listens closely: what lies between two tracks, what ends by itself, what is sung. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { amplitudesOf, largestStep, longestSilenceMs, phaseOf, soundingStretches } from '../browser/hear.ts';
import { beginRecording, recordSound, recordUntil } from '../browser/sound-recorder.ts';
import { buildToneLibrary, binFrequencyHz } from '../builders/tone-library.ts';
import { startShapedLink } from '../network-link/shaped-link.ts';
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { portOf, publish, startService, startWebShell, withFolder } from './support/stack.ts';

// The recorder is a worklet out of a blob.
test.use({ bypassCSP: true });

/** Each tone rises and falls within 5 ms, so that at a join there is next to nothing for less than that. */
const MOST_SILENCE_MS = 2;
const HEARD = 0.05;

/** Goes to a place of the track by a click on the slider. */
const clickAt = async (riffle: RifflePage, share: number): Promise<void> => {
  const box = await riffle.position.boundingBox();
  if (box === null) throw new Error('there is no slider');
  await riffle.page.mouse.click(box.x + box.width * share, box.y + box.height / 2);
};

test('an album goes on from track to track without a gap', async ({ app, catalog, page }) => {
  await recordSound(page);
  const riffle = await RifflePage.open(page, app.url);
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Erster Ton');
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
  // What comes soon is prepared while all stands still.
  await riffle.button('Pause').click();
  await riffle.expectSilence();
  await clickAt(riffle, 0.7);

  await beginRecording(page);
  await riffle.button('Play').click();
  await expect(riffle.nowPlaying('Zweiter Ton')).toBeVisible();
  await riffle.expectTone(catalog.tone('Zweiter Ton').frequencyHz);
  const recording = await recordUntil(page, () => true, 1_000);

  expect(amplitudesOf(recording, catalog.tone('Erster Ton').frequencyHz, 100)[0]).toBeGreaterThan(HEARD);
  expect(amplitudesOf(recording, catalog.tone('Zweiter Ton').frequencyHz, 100).at(-1)).toBeGreaterThan(HEARD);
  expect(longestSilenceMs(recording)).toBeLessThan(MOST_SILENCE_MS);
});

test('with a crossfade one track is still heard while the next one comes in', async ({
  app,
  catalog,
  page,
}) => {
  await recordSound(page);
  const riffle = await RifflePage.open(page, app.url);
  await riffle.visit('/settings/playback');
  const crossfade = riffle.main.getByRole('slider', { name: 'Crossfade' });
  await crossfade.focus();
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight');
  await expect(crossfade).toHaveAttribute('aria-valuenow', '3');
  await riffle.place('Home').click();

  // Two records: inside one that plays in order nothing fades.
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Erster Ton');
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
  // What comes soon is prepared while all stands still.
  await riffle.button('Pause').click();
  await riffle.expectSilence();
  await riffle.place('Home').click();
  await riffle.openAlbum('Pure Tones');
  await riffle.track('Beta').click({ button: 'right' });
  await riffle.page.getByRole('menuitem', { name: 'Play next' }).click();
  await clickAt(riffle, 0.55);

  await beginRecording(page);
  await riffle.button('Play').click();
  await expect(riffle.nowPlaying('Beta')).toBeVisible();
  await expect
    .poll(async () => (await riffle.listen()).frequencyHz)
    .toBeCloseTo(catalog.tone('Beta').frequencyHz, -1);
  const recording = await recordUntil(page, ({ frames, rateHz }) => frames > 6 * rateHz, 4_000);

  const leaving = amplitudesOf(recording, catalog.tone('Erster Ton').frequencyHz, 100);
  const arriving = amplitudesOf(recording, catalog.tone('Beta').frequencyHz, 100);
  const together = leaving.filter((level, index) => level > HEARD && (arriving[index] ?? 0) > HEARD);
  // Of 3 s, what is loud enough of both.
  expect(together.length).toBeGreaterThan(15);
  expect(longestSilenceMs(recording)).toBeLessThan(MOST_SILENCE_MS);
});

test('the sleep timer ends the music with the track, and the next one waits', async ({
  app,
  catalog,
  page,
}) => {
  await recordSound(page);
  const riffle = await RifflePage.open(page, app.url);
  const [first, second] = [catalog.tone('Erster Ton').frequencyHz, catalog.tone('Zweiter Ton').frequencyHz];
  await riffle.openAlbum('Grundtöne');
  await riffle.playTrack('Erster Ton');
  await riffle.expectTone(catalog.tone('Erster Ton').frequencyHz);
  await riffle.button('Sleep timer').click();
  await riffle.page.getByRole('menuitem', { name: 'At the end of the track' }).click();
  await expect(riffle.button('Sleep timer, set')).toBeVisible();
  await riffle.button('Pause').click();
  await riffle.expectSilence();
  await clickAt(riffle, 0.8);

  await beginRecording(page);
  await riffle.button('Play').click();
  await expect(riffle.button('Sleep timer')).toBeVisible();
  await expect(riffle.button('Play')).toBeVisible();
  await riffle.expectSilence();
  const recording = await recordUntil(page, () => true, 1_000);
  expect(Math.max(...amplitudesOf(recording, first, 100))).toBeGreaterThan(HEARD);
  expect(Math.max(...amplitudesOf(recording, second, 100))).toBeLessThan(HEARD);
  await riffle.button('Play').click();
  await riffle.expectTone(second);
});

test('lyrics with times follow the song, and a press on a line plays from there', async ({ page }) => {
  const { folder, remove } = await withFolder();
  const tone = { title: 'Gesungen', frequencyHz: binFrequencyHz(53) };
  const library = join(folder, 'library');
  const store = { location: join(folder, 'store') };
  // Long enough that each line is still sung when it is looked for.
  const chorus = [{ artist: 'Chor', album: 'Zeilen', tracks: [tone] }];
  const [written] = await buildToneLibrary(library, chorus, { seconds: 40 });
  if (written === undefined) throw new Error('nothing was written');
  const lines = ['[00:00.00]Erste Zeile', '[00:02.00]Zweite Zeile', '[00:20.00]Dritte Zeile'];
  await writeFile(join(library, written.path.replace(/\.wav$/, '.lrc')), lines.join('\n'));
  await publish(library, store, ['--no-encode']);
  const service = await startService(store, join(folder, 'index'));
  const app = await startWebShell(service.url, join(folder, 'app'));
  try {
    const riffle = await RifflePage.open(page, app.url);
    await riffle.openAlbum('Zeilen');
    await riffle.playTrack('Gesungen');
    await riffle.expectTone(tone.frequencyHz);
    await riffle.button('Lyrics').click();
    const words = page.getByRole('list', { name: 'Lyrics' });
    const sung = words.locator('[aria-current="true"]');
    await expect(sung).toHaveText('Zweite Zeile');

    await words.getByRole('button', { name: 'Dritte Zeile' }).click();
    await expect(sung).toHaveText('Dritte Zeile');
    await expect.poll(() => riffle.positionSeconds()).toBeGreaterThanOrEqual(20);
    await riffle.expectTone(tone.frequencyHz);
  } finally {
    await app.stop();
    await service.stop();
    await remove();
  }
});

test('over a line slower than the music it falls silent without a click, and goes on where it was', async ({
  page,
}) => {
  const { folder, remove } = await withFolder();
  const tone = { title: 'Langsam', frequencyHz: binFrequencyHz(100) };
  const store = { location: join(folder, 'store') };
  await buildToneLibrary(join(folder, 'library'), [{ artist: 'Leitung', album: 'Dünn', tracks: [tone] }]);
  await publish(join(folder, 'library'), store, ['--no-encode', '--no-analysis']);
  const link = await startShapedLink({});
  const service = await startService(store, join(folder, 'index'), 0, { extra: ['--public-url', link.url] });
  link.leadTo(portOf(service.url));
  const app = await startWebShell(link.url, join(folder, 'app'));
  try {
    await recordSound(page);
    const riffle = await RifflePage.open(page, app.url);
    await riffle.openAlbum('Dünn');
    link.setShape({ downBytesPerSecond: 40_000 });
    await riffle.playTrack('Langsam');
    const recording = await recordUntil(
      page,
      ({ frames, rateHz }) => rateHz > 0 && frames > 5 * rateHz,
      20_000,
    );

    const { rateHz, left } = recording;
    const stretches = soundingStretches(recording);
    expect(stretches.length).toBeGreaterThan(1);
    const loudest = left.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const turnsPerFrame = tone.frequencyHz / rateHz;
    expect(largestStep(recording)).toBeLessThan(2 * Math.PI * turnsPerFrame * loudest * 1.1);

    // Counted in what sounded, the tone goes on as if there had been no silence.
    let frames = 0;
    for (const [index, stretch] of stretches.entries()) {
      const middle = Math.floor(stretch.length / 2);
      const span = [Math.floor(middle / 2), middle + Math.floor(middle / 2)] as const;
      const first = stretches[0] ?? stretch;
      const origin = phaseOf(
        first,
        [Math.floor(first.length / 4), Math.floor((3 * first.length) / 4)],
        turnsPerFrame,
      );
      const turns =
        phaseOf(stretch, span, turnsPerFrame) -
        origin -
        (frames + span[0] - Math.floor(first.length / 4)) * turnsPerFrame;
      const missed = (turns - Math.round(turns)) / turnsPerFrame;
      // At either end of a silence one sample of the fade may be nothing, and is not counted.
      expect(Math.abs(missed), `before stretch ${index}`).toBeLessThan(2 * index + 0.5);
      frames += stretch.length;
    }
  } finally {
    await app.stop();
    await service.stop();
    await link.close();
    await remove();
  }
});
