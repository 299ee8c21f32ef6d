/** Every page in both themes and languages: complete, named, and with enough contrast. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/fixtures.ts';

const PAGES = ['/', '/albums', '/artists', '/genres', '/history', '/search?q=ton', '/settings'] as const;

for (const theme of ['dark', 'light'] as const) {
  test(`no page breaks a rule of accessibility in the ${theme} theme`, async ({ riffle }) => {
    await riffle.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const album = await riffle.main
      .getByRole('link', { name: /Grundtöne/ })
      .first()
      .getAttribute('href');
    for (const path of [...PAGES, album ?? '/']) {
      await riffle.visit(path);
      await expect(riffle.main.getByRole('heading').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page: riffle.page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(
        violations.map(
          ({ id, nodes }) =>
            `${path}: ${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary ?? ''}`,
        ),
      ).toEqual([]);
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
  for (const path of PAGES) {
    await riffle.visit(path);
    await expect(riffle.main.getByRole('heading').first()).toBeVisible();
    const overflow = await riffle.page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
