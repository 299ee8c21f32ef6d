/** What a free listener hears, in samples. */
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';
import { AD_TONES_HZ, openWorld, signInAs } from './support/sign-in-world.ts';

test('a free listener hears two spots between two tracks when the music of some minutes is over, and then goes on', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const world = await openWorld({
    ads: true,
    // Long enough that nothing has to be looked at in a hurry.
    seconds: 20,
    publish: [],
    // Four seconds of music, in place of ten minutes.
    serve: ['--ads-after-minutes', String(4 / 60)],
  });
  try {
    await world.open(page);
    const riffle = await signInAs(page, 'Free listener');
    const [first, second] = world.tones;
    if (first === undefined || second === undefined) throw new Error('no tones');
    await riffle.openAlbum('Grundtöne');
    await riffle.playTrack(first.title);
    // Never before the first play, never inside a track.
    await riffle.expectTone(first.frequencyHz);
    await expect.poll(() => riffle.positionSeconds(), { timeout: 15_000 }).toBeGreaterThan(5);
    await riffle.position.focus();
    await page.keyboard.press('End');

    const adBreak = page.getByRole('group', { name: 'Ad break' });
    await expect(adBreak).toBeVisible({ timeout: 30_000 });
    const heard = new Set<number>();
    const spots = Object.values(AD_TONES_HZ);
    await expect(async () => {
      const { level, frequencyHz } = await riffle.listen();
      const spot = spots.find((hz) => level > 0.02 && Math.abs(hz - frequencyHz) < 5);
      if (spot !== undefined) heard.add(spot);
      expect(heard.size).toBeGreaterThan(0);
    }).toPass();
    // A break can be paused, and waits.
    await riffle.button('Pause').click();
    await riffle.expectSilence();
    expect(await accessProblems(page)).toEqual([]);
    await expect(adBreak).toContainText(/[12] of 2/);
    await expect(riffle.button('Next')).toBeDisabled();
    await expect(riffle.button('Previous')).toBeDisabled();
    await expect(riffle.position).toHaveCount(0);
    await riffle.button('Play').click();

    await expect(async () => {
      const { level, frequencyHz } = await riffle.listen();
      const spot = spots.find((hz) => level > 0.02 && Math.abs(hz - frequencyHz) < 5);
      if (spot !== undefined) heard.add(spot);
      expect(heard.size).toBe(2);
    }).toPass({ timeout: 30_000, intervals: [100] });
    await riffle.expectTone(second.frequencyHz);
    await expect(adBreak).toHaveCount(0);
    await expect(riffle.nowPlaying(second.title)).toBeVisible();
  } finally {
    await world.end();
  }
});
