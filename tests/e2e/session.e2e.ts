/** Stories of signing in: in a real browser, against the real issuer, over a network that can be told to misbehave. */
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';
import { RifflePage } from './support/riffle-page.ts';
import { openWorld, signInAs, type SignInWorld, type WorldOptions } from './support/sign-in-world.ts';

const TOKEN = 'POST /identity/token';

async function inWorld(options: WorldOptions, story: (world: SignInWorld) => Promise<void>): Promise<void> {
  const world = await openWorld(options);
  try {
    await story(world);
  } finally {
    await world.end();
  }
}

test('somebody new signs in without typing, and is still in after a restart; signing out forgets them', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await inWorld({}, async (world) => {
    await world.open(page);
    await expect(page.getByRole('textbox', { name: 'Your music service' })).toHaveValue(
      new RegExp(new URL(world.between.url).host),
    );
    await expect(page.getByText('Steinbruch Records')).toBeVisible();
    expect(await accessProblems(page)).toEqual([]);
    const riffle = await signInAs(page, 'Premium listener');
    await riffle.openAlbum('Grundtöne');

    await world.restart(page);
    await expect(riffle.main.getByRole('heading').first()).toBeVisible();
    expect(await page.getByRole('button', { name: 'Sign in with your browser' }).count()).toBe(0);
    await riffle.openAlbum('Grundtöne');

    await riffle.visit('/settings/account');
    await expect(page.getByText('Premium listener').first()).toBeVisible();
    expect(await accessProblems(page)).toEqual([]);
    await riffle.main.getByRole('button', { name: 'Sign out' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('button', { name: 'Sign in with your browser' })).toBeVisible();
    await world.restart(page);
    await expect(page.getByRole('button', { name: 'Sign in with your browser' })).toBeVisible();
  });
});

test('an account of the operator signs in with its password, is told of a wrong one, and of being free', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await inWorld({}, async (world) => {
    world.accounts('add', 'nora', '--name', 'Nora Kessler', '--password-stdin');
    await world.open(page);
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sign in with your browser' }).click();
    const browser = await opened;
    // It is empty before, and leads on from where it was opened.
    await expect(browser.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    expect(await accessProblems(browser)).toEqual([]);
    await browser.getByLabel('Name', { exact: false }).first().fill('nora');
    await browser.getByLabel('Password').fill('a guess');
    await browser.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(browser.getByRole('alert')).toBeVisible();
    expect(await accessProblems(browser)).toEqual([]);
    await browser.getByLabel('Password').fill('correct horse battery');
    await browser.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(browser.getByText(/you are signed in/i)).toBeVisible();
    // Behind another tab a page is not drawn, and nothing in it is ever still enough to click.
    await browser.close();

    const riffle = new RifflePage(page);
    await expect(page.getByRole('button', { name: /^Free/ })).toBeVisible();
    await riffle.openAlbum('Grundtöne');
    await riffle.main.getByRole('button', { name: 'Keep offline' }).click();
    await expect(page.getByRole('dialog')).toContainText('Premium');
    await page.keyboard.press('Escape');

    // Upgraded by the operator: no restart, no new sign-in.
    world.accounts('tier', 'nora', 'premium');
    await riffle.visit('/settings/account');
    const free = page.getByRole('button', { name: /^Free/ });
    await expect(async () => {
      // The answer may come after it was given up, and takes the button with it.
      if ((await free.count()) === 0) return;
      await page.getByRole('button', { name: 'I have upgraded' }).click({ timeout: 2_000 });
      await expect(free).toHaveCount(0, { timeout: 2_000 });
    }).toPass();
    await riffle.place('Home').click();
    await riffle.openAlbum('Grundtöne');
    await riffle.main.getByRole('button', { name: 'Keep offline' }).click();
    await expect(riffle.main.getByRole('button', { name: 'Kept offline' })).toBeVisible();
  });
});

test('a refresh whose answer is lost signs nobody out, and two windows that need one make one request @long', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await inWorld({}, async (world) => {
    await world.open(page);
    const riffle = await signInAs(page, 'Premium listener');
    const second = await context.newPage();
    await second.goto(world.app.url);
    const other = new RifflePage(second);
    await expect(other.main.getByRole('heading').first()).toBeVisible();

    // The token runs out; both windows ask at the same moment.
    const before = world.between.count(TOKEN);
    world.app.signal('SIGUSR2');
    await Promise.all([riffle.place('Albums').click(), other.place('Artists').click()]);
    await Promise.all([
      expect(riffle.main.getByRole('link', { name: /Grundtöne/ }).first()).toBeVisible(),
      expect(other.main.getByRole('link', { name: /Änne Sinus/ }).first()).toBeVisible(),
    ]);
    expect(world.between.count(TOKEN) - before).toBe(1);
    await second.close();

    // It runs out once more, and the answer to its renewal is lost on the way.
    world.between.loseAnswerOf(TOKEN);
    world.app.signal('SIGUSR2');
    await riffle.place('Artists').click();
    await expect(riffle.main.getByRole('link', { name: /Änne Sinus/ }).first()).toBeVisible();
    await riffle.openAlbumOfArtist('Änne Sinus', 'Grundtöne');
    await expect.poll(() => world.between.count(TOKEN) - before).toBeGreaterThanOrEqual(3);
    await expect(page.getByRole('button', { name: /Sign in again/ })).toHaveCount(0);
  });
});

test('an account that is disabled while it plays hears the music to its end, and is asked to sign in again @long', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await inWorld({ seconds: 20 }, async (world) => {
    world.accounts('add', 'nora', '--tier', 'premium', '--password-stdin');
    await world.open(page);
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sign in with your browser' }).click();
    const browser = await opened;
    await browser.getByLabel('Name', { exact: false }).first().fill('nora');
    await browser.getByLabel('Password').fill('correct horse battery');
    await browser.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(browser.getByText(/you are signed in/i)).toBeVisible();
    await browser.close();
    const riffle = new RifflePage(page);
    const [first, next] = world.tones;
    if (first === undefined || next === undefined) throw new Error('no tones');
    await riffle.openAlbum('Grundtöne');
    await riffle.playTrack(first.title);
    await riffle.expectTone(first.frequencyHz);
    // The next one is fetched ahead, as always.
    await expect(riffle.track(next.title).getByLabel('Played before')).toBeVisible();

    world.accounts('disable', 'nora');
    world.app.signal('SIGUSR2');
    await riffle.place('Artists').click();
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    await riffle.expectTone(first.frequencyHz);
    await riffle.button('Next').click();
    await riffle.expectTone(next.frequencyHz);
  });
});

for (const minutes of [-5, 5]) {
  test(`a service whose clock is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'slow' : 'fast'} is signed in to and played from${minutes < 0 ? ' @long' : ''}`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    await inWorld({ serviceClockOffMs: minutes * 60_000 }, async (world) => {
      await world.open(page);
      const riffle = await signInAs(page, 'Premium listener');
      const [tone] = world.tones;
      await riffle.openAlbum('Grundtöne');
      await riffle.playTrack('Erster Ton');
      await riffle.expectTone(tone?.frequencyHz ?? 0);
    });
  });
}

test('an issuer that is away for an hour keeps nobody from the music that is here @long', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await inWorld({}, async (world) => {
    await world.open(page);
    const riffle = await signInAs(page, 'Premium listener');
    const [tone] = world.tones;
    await riffle.openAlbum('Grundtöne');
    await riffle.playTrack('Erster Ton');
    await riffle.expectTone(tone?.frequencyHz ?? 0);
    await expect(riffle.track('Erster Ton').getByLabel('Played before')).toBeVisible();

    world.between.setReachable('/identity/', false);
    world.app.signal('SIGUSR2');
    await world.restart(page);
    world.app.signal('SIGUSR2');
    await riffle.place('On this computer').click();
    await riffle.openAlbum('Grundtöne');
    await riffle.playTrack('Erster Ton');
    await riffle.expectTone(tone?.frequencyHz ?? 0);
    await page.getByRole('button', { name: /^Status/ }).click();
    await expect(page.getByText(/Waits for the sign-in service since/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toHaveCount(0);

    world.between.setReachable('/identity/', true);
    await riffle.tryNow(page.getByText(/Signed in as Premium listener/));
    await page.keyboard.press('Escape');
    await riffle.place('Artists').click();
    await expect(riffle.main.getByRole('link', { name: /Änne Sinus/ }).first()).toBeVisible();
  });
});
