/** Every page in both themes and languages: complete, named, and with enough contrast. */
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';

const PAGES = [
  '/',
  '/albums',
  '/artists',
  '/genres',
  '/computer',
  '/history',
  '/import',
  '/search?q=ton',
  '/settings',
  '/settings/storage',
] as const;
/** Held to the rules of accessibility in stories of their own. */
const FURTHER_PAGES = ['/settings/privacy', '/settings/updates', '/settings/about'] as const;

for (const theme of ['dark', 'light'] as const) {
  test(`no page breaks a rule of accessibility in the ${theme} theme${theme === 'light' ? ' @long' : ''}`, async ({
    riffle,
  }) => {
    // Eleven pages are looked through, which a busy computer takes its time for.
    test.setTimeout(150_000);
    await riffle.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const album = await riffle.main
      .getByRole('link', { name: /Grundtöne/ })
      .first()
      .getAttribute('href');
    for (const path of [...PAGES, album ?? '/']) {
      await riffle.visit(path);
      await expect(riffle.main.getByRole('heading').first()).toBeVisible();
      expect(await accessProblems(riffle.page), path).toEqual([]);
    }
  });
}

test.describe('in German', () => {
  test.use({ locale: 'de-DE' });

  test('the window speaks German, and says so to screen readers', async ({ app, page }) => {
    await page.goto(app.url);
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page.getByRole('link', { name: 'Alben', exact: true })).toBeVisible();
    await page.goto(new URL('/settings', page.url()).href);
    await expect(page.getByRole('heading', { name: 'Einstellungen' }).first()).toBeVisible();
  });
});

test('at 720 pixels nothing is cut off sideways', async ({ riffle }) => {
  await riffle.page.setViewportSize({ width: 720, height: 520 });
  for (const path of [...PAGES, ...FURTHER_PAGES]) {
    await riffle.visit(path);
    await expect(riffle.main.getByRole('heading').first()).toBeVisible();
    const overflow = await riffle.page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
