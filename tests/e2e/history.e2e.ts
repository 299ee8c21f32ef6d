/** Stories of somebody who looks back at what they played. */
import { accessProblems } from './support/access.ts';
import { expect, test } from './support/fixtures.ts';
import type { RifflePage } from './support/riffle-page.ts';

const PLAYS = 200;
/** Apart so far that two hundred plays reach over most of a week. */
const BETWEEN_PLAYS_MS = 2_900_000;

interface Reply {
  readonly ok: boolean;
  readonly value?: { readonly tracks?: { readonly items: readonly { readonly title: string }[] } } | null;
}

/** Two hundred plays of tracks that go by a Greek letter, told to the app as the player tells them. */
const listenForAWeek = (riffle: RifflePage): Promise<void> =>
  riffle.page.evaluate(
    async ([plays, betweenMs]) => {
      const call = async (method: string, argument: unknown): Promise<Reply['value']> => {
        const answer = await fetch(`/host/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(argument),
        });
        const reply: Reply = await answer.json();
        if (!reply.ok) throw new Error(`${method} was not done`);
        return reply.value;
      };
      const trackCalled = async (title: string) => {
        const found = await call('catalog.search', { query: title, limit: 5 });
        return found?.tracks?.items.find((track) => track.title === title);
      };
      const [alpha, beta, gamma] = await Promise.all(['Alpha', 'Beta', 'Gamma'].map(trackCalled));
      const record = async (back: number): Promise<void> => {
        const id = `play-${String(back).padStart(8, '0')}`;
        const often = back % 2 === 0 ? alpha : beta;
        const track = back === 0 ? gamma : often;
        await call('history.record', { track, play: { id, agoMs: back * betweenMs, heardMs: 12_000 } });
      };
      await Promise.all(Array.from({ length: plays }, (_, back) => record(back)));
    },
    [PLAYS, BETWEEN_PLAYS_MS] as const,
  );

test('two hundred plays stand under their days, are found in, and one is taken away and put back @long', async ({
  riffle,
}) => {
  // A search of rules looks at every row that is shown, which takes a busy machine its time.
  test.setTimeout(120_000);
  const { page, main } = riffle;
  await listenForAWeek(riffle);
  await riffle.place('Played lately').click();
  await expect(main.getByText('200 plays')).toBeVisible();
  await expect(main.getByRole('rowheader').first()).toHaveText(/^(Today|Yesterday)$/);
  await expect(riffle.track('Gamma')).toContainText(/\d\d:\d\d/);
  expect(await main.getByRole('row').count()).toBeLessThanOrEqual(60);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessProblems(page)).toEqual([]);
  }

  await page.keyboard.press('Control+f');
  await page.keyboard.type('gamm');
  await expect(main.getByText('1 found')).toBeVisible();
  await riffle.track('Gamma').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Remove from history' }).click();
  await expect(main.getByText('Nothing you played is called that.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(riffle.track('Gamma')).toBeVisible();
  await page.reload();
  await expect(main.getByText('200 plays')).toBeVisible();

  await riffle.place('Home').click();
  await expect(riffle.heading('On repeat')).toBeVisible();
});

test('what is played in a private session stands nowhere, and the session says that it is one @long', async ({
  riffle,
}) => {
  const { page, main } = riffle;
  await riffle.visit('/settings/privacy');
  await main.getByRole('switch', { name: 'Private session' }).click();
  const badge = page.getByRole('button', { name: /^Private session: nothing you play is remembered/ });
  await expect(badge).toBeVisible();
  await page.getByRole('button', { name: /^Status/ }).click();
  await expect(page.getByText('Nothing you play is remembered', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await accessProblems(page)).toEqual([]);

  // Tracks of a moment count as plays as soon as they are over.
  await riffle.place('Albums').click();
  await riffle.openAlbum('2000 tones');
  await riffle.playTrack('0001 - Tone 0001');
  // One is over, and with it a play that would stand there: which one is seen by then is the player's.
  const player = page.getByRole('contentinfo', { name: 'Player' });
  await expect(player.getByText(/Tone (?!0001)\d{4}/)).toBeVisible();
  await riffle.place('Played lately').click();
  await expect(riffle.heading('Nothing played yet')).toBeVisible();

  await badge.click();
  await expect(badge).toBeHidden();
  await expect(main.getByRole('row').filter({ hasText: 'Tone' }).first()).toBeVisible();
});
