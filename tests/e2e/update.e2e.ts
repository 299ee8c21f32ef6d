/** Updates as a listener meets them: a real feed behind an edge, a real electron-updater, an app that is replaced. */
import { expect, test as base } from './support/fixtures.ts';
import { accessProblems } from './support/access.ts';
import { openUpdateWorld, type UpdateWorld } from './support/update-world.ts';
import type { Attempt } from '../update/world/attempt.ts';
import { NEW, OLD } from '../update/world/world.ts';

interface UpdateFixtures {
  readonly openUpdates: (attempt?: Attempt) => Promise<UpdateWorld>;
}

const test = base.extend<UpdateFixtures>({
  openUpdates: async ({ catalog }, use) => {
    const opened: UpdateWorld[] = [];
    await use(async (attempt) => {
      const world = await openUpdateWorld(catalog.serviceUrl, attempt);
      opened.push(world);
      return world;
    });
    for (const world of opened) await world.end();
  },
});
// Each makes versions of an app, a feed and an edge before it begins.
test.describe.configure({ timeout: 120_000 });
test.skip(process.platform !== 'linux', 'AppImages are what can be replaced and started here.');

const NOTES = {
  en: 'Long queues no longer end early.\n\n### Mended\n- Umlauts in names of files',
  de: 'Lange Warteschlangen enden nicht mehr zu früh.\n\n### Behoben\n- Umlaute in Dateinamen',
};
const isPayload = (name: string): boolean => name.endsWith('.appimage');

test('a new version comes by itself, is pointed to once, and takes over after the track', async ({
  openUpdates,
  page,
  catalog,
}) => {
  const updates = await openUpdates({ manifest: { notes: NOTES } });
  const riffle = await updates.open(page);
  const heard = catalog.tone('Zweiter Ton');
  const settings = page.getByRole('banner').getByRole('button', { name: /^Settings/ });
  await expect(settings).toHaveAccessibleName('Settings');
  // As the clock would, a minute or two after the start.
  await page.evaluate(() =>
    fetch('/host/update.check', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'null',
    }),
  );
  await expect(settings).toHaveAccessibleName('Settings: an update is ready');

  await settings.click();
  await expect(riffle.heading('Updates')).toBeVisible();
  await expect(riffle.main.getByText(`You have Riffle ${OLD}.`)).toBeVisible();
  await expect(riffle.heading(`What is new in ${NEW}`)).toBeVisible();
  await expect(
    riffle.main.getByRole('listitem').filter({ hasText: 'Umlauts in names of files' }),
  ).toBeVisible();
  expect(await accessProblems(page)).toEqual([]);
  await expect(settings).toHaveAccessibleName('Settings');
  await page.reload();
  await expect(riffle.main.getByText(`Riffle ${NEW} is ready`)).toBeVisible();
  await expect(settings).toHaveAccessibleName('Settings');

  await riffle.place('Home').click();
  await riffle.openAlbum(heard.album);
  await riffle.playTrack(heard.title);
  await riffle.expectTone(heard.frequencyHz);
  await page.getByRole('button', { name: /^Status/ }).click();
  await page.getByRole('button', { name: `${NEW} is ready` }).click();
  const restart = riffle.main.getByRole('button', { name: 'Restart to update' });
  await expect(restart).toBeDisabled();
  await expect(restart).toHaveAccessibleDescription('Riffle restarts only when nothing plays.');
  // Its end is not to come before the story does.
  await riffle.position.press('Home');
  await riffle.main.getByRole('button', { name: 'After this track' }).click();
  await expect(riffle.main.getByText('Riffle restarts when this track is over.')).toBeVisible();
  await riffle.position.press('Home');
  expect(await updates.starts()).toBe(OLD);
  await riffle.position.press('End');
  await expect(riffle.main.getByText(`Riffle ${NEW} takes its place`)).toBeVisible();
  await expect.poll(() => updates.starts()).toBe(NEW);
  await expect(riffle.button('Play')).toBeVisible();
});

test.describe('in German, light and narrow', () => {
  test.use({ locale: 'de-DE', colorScheme: 'light', viewport: { width: 720, height: 700 } });

  test('off asks nobody; asked first, a version is fetched, skipped and offered again @long', async ({
    openUpdates,
    page,
  }) => {
    const updates = await openUpdates({ manifest: { notes: NOTES } });
    const { edge } = updates.world;
    const riffle = await updates.open(page);
    const { main } = riffle;
    await riffle.visit('/settings/updates');
    await main.getByRole('radio', { name: 'Aus' }).click();
    await expect(main.getByText('Updates sind aus')).toBeVisible();
    await expect(main.getByRole('button')).toHaveCount(0);
    expect(edge.requests).toEqual([]);

    await main.getByRole('radio', { name: 'Fragen' }).click();
    await main.getByRole('button', { name: 'Jetzt nachsehen' }).click();
    await expect(main.getByText(`Riffle ${NEW} ist da`)).toBeVisible();
    await expect(main.getByText('Umlaute in Dateinamen')).toBeVisible();
    expect(await accessProblems(page)).toEqual([]);
    expect(edge.requests.filter(({ name }) => isPayload(name))).toEqual([]);

    // Nothing of it comes before the story has seen how that looks.
    const held: (() => void)[] = [];
    edge.reset(({ name }, response) => {
      if (!isPayload(name)) return 'left';
      held.push(() => response.destroy());
      return 'taken';
    });
    await main.getByRole('button', { name: 'Holen' }).click();
    await expect(main.getByRole('progressbar', { name: 'Vom Update geholt' })).toBeVisible();
    expect(await accessProblems(page)).toEqual([]);
    await expect.poll(() => held.length).toBeGreaterThan(0);
    edge.reset(null);
    for (const hangUp of held) hangUp();
    await expect(main.getByText(`Riffle ${NEW} ist bereit`)).toBeVisible();

    await main.getByRole('button', { name: 'Diese Version auslassen' }).click();
    await expect(main.getByText(`Ausgelassen: ${NEW}`)).toBeVisible();
    await expect(main.getByText('Nichts Neueres')).toBeVisible();
    await main.getByRole('button', { name: 'Wieder anbieten' }).click();
    await expect(main.getByText(new RegExp(`Riffle ${NEW} ist (?:da|bereit)`))).toBeVisible();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    expect(await updates.starts()).toBe(OLD);
  });
});

test('a version that did not start is taken back and says so, until that was read', async ({
  openUpdates,
  page,
}) => {
  const updates = await openUpdates();
  const { installation } = updates;
  // It was there and good before the new one came, which then crashes at each start.
  const before = await installation.open();
  await before.updates.api.usable();
  await before.updates.api.check();
  await before.reaches('ready');
  await before.updates.api.install();
  await before.close();
  await expect.poll(() => installation.crash(NEW)).toBe(true);

  const riffle = await updates.open(page);
  const settings = page.getByRole('banner').getByRole('button', { name: /^Settings/ });
  await expect(settings).toHaveAccessibleName('Settings: an update was taken back');
  await settings.click();
  await expect(riffle.main.getByText(`Riffle ${NEW} did not start`)).toBeVisible();
  await expect(riffle.main.getByText(new RegExp(`so ${OLD} was put back`))).toBeVisible();
  expect(await accessProblems(page)).toEqual([]);
  await riffle.main.getByRole('button', { name: 'Understood' }).click();
  await expect(settings).toHaveAccessibleName('Settings');
  await page.reload();
  await riffle.main.getByRole('button', { name: 'Check now' }).click();
  await expect(riffle.main.getByText('Nothing newer')).toBeVisible();
  expect(await updates.starts()).toBe(OLD);
});
