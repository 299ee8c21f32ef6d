/** What a listener sees and touches, by the names it has for them. */
import { expect, type Locator, type Page } from '@playwright/test';
import { listen, tapSound, type Heard } from '../../browser/sound-tap.ts';

/** Sound that is certainly not silence, and certainly is: tones are written at about 0.3. */
const AUDIBLE = 0.02;
/** A bin of the analyser is 2.7 Hz wide; the peak is interpolated. */
const TOLERANCE_HZ = 4;
/** Often, for as long as it takes: Playwright would come to ask once a second, and tracks last some of them. */
const LISTENS_EVERY_MS = [100];

export class RifflePage {
  readonly page: Page;
  readonly playerBar: Locator;
  readonly main: Locator;
  readonly queue: Locator;

  constructor(page: Page) {
    this.page = page;
    this.playerBar = page.getByRole('contentinfo', { name: 'Player' });
    this.main = page.getByRole('main');
    this.queue = page.getByRole('complementary', { name: 'Side panel' });
  }

  static async open(page: Page, url: string): Promise<RifflePage> {
    await tapSound(page);
    await page.goto(url);
    const riffle = new RifflePage(page);
    await expect(riffle.main.getByRole('heading').first()).toBeVisible();
    return riffle;
  }

  /** Goes to another page of the app by its address, as a reload or a kept tab does. */
  async visit(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.page.url()).href);
  }

  place(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });
  }

  get searchField(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search' });
  }

  heading(name: string): Locator {
    return this.main.getByRole('heading', { name, exact: true });
  }

  /** Waits for the answer: until it is there, the page of before may still hold the same names. */
  async search(query: string): Promise<void> {
    await this.searchField.fill(query);
    await expect(this.heading(`Results for “${query}”`)).toBeAttached();
  }

  /** By its cover on the page that is open. */
  async openAlbum(title: string): Promise<void> {
    await this.main
      .getByRole('link', { name: new RegExp(title) })
      .first()
      .click();
    await expect(this.heading(title)).toBeVisible();
  }

  async openAlbumOfArtist(artist: string, title: string): Promise<void> {
    await this.main
      .getByRole('link', { name: new RegExp(artist) })
      .first()
      .click();
    await expect(this.heading(artist)).toBeVisible();
    await this.openAlbum(title);
  }

  /** A row of a track list on the page. */
  track(title: string): Locator {
    return this.main.getByRole('row').filter({ has: this.page.getByText(title, { exact: true }) });
  }

  async playTrack(title: string): Promise<void> {
    await this.track(title).dblclick();
  }

  button(name: string): Locator {
    return this.playerBar.getByRole('button', { name, exact: true });
  }

  get position(): Locator {
    return this.playerBar.getByRole('slider', { name: 'Position' });
  }

  async positionSeconds(): Promise<number> {
    return Number(await this.position.getAttribute('aria-valuenow'));
  }

  nowPlaying(title: string): Locator {
    return this.playerBar.getByText(title, { exact: true });
  }

  /**
   * What lasts only a moment, tracks of a fifth of a second for one, is gone before it is looked for: begin before it comes. What this
   * gives is over once the title stood in the player.
   */
  async awaitTitle(title: string): Promise<() => Promise<void>> {
    const watch = await this.playerBar.evaluateHandle((bar, wanted) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => {
        if ([...bar.querySelectorAll('*')].some(({ textContent }) => textContent === wanted)) resolve();
      };
      new MutationObserver(look).observe(bar, { subtree: true, childList: true, characterData: true });
      return { seen: promise };
    }, title);
    return () => watch.evaluate(({ seen }) => seen);
  }

  /** From the menu that is open: into the playlist of that name, which is made when there is none. */
  async addToPlaylist(name: string, isThere: 'new' | 'there' = 'new'): Promise<void> {
    await this.page.getByRole('menuitem', { name: 'Add to playlist …' }).click();
    const field = this.page.getByRole('combobox', { name: 'Find or make a playlist' });
    // What is typed before the dialog has the keyboard is lost.
    await expect(field).toBeFocused();
    await field.fill(name);
    const choice = isThere === 'new' ? `New playlist “${name}”` : new RegExp(`^${name}`);
    await expect(this.page.getByRole('option', { name: choice, selected: true })).toBeVisible();
    await field.press('Enter');
  }

  listen(): Promise<Heard> {
    return listen(this.page);
  }

  async expectTone(frequencyHz: number): Promise<void> {
    await expect(async () => {
      const heard = await this.listen();
      expect(heard.level).toBeGreaterThan(AUDIBLE);
      expect(Math.abs(heard.frequencyHz - frequencyHz)).toBeLessThan(TOLERANCE_HZ);
    }).toPass({ timeout: 15_000, intervals: LISTENS_EVERY_MS });
  }

  /** Presses "Try now" until it is so, unless the app was quicker and asked by itself. */
  async tryNow(isSo: Locator): Promise<void> {
    await expect(async () => {
      if (await isSo.isVisible()) return;
      await this.page.getByRole('button', { name: 'Try now' }).click({ timeout: 2_000 });
      await expect(isSo).toBeVisible({ timeout: 2_000 });
    }).toPass();
  }

  async expectSilence(): Promise<void> {
    await expect
      .poll(async () => (await this.listen()).level, { timeout: 15_000, intervals: LISTENS_EVERY_MS })
      .toBeLessThan(AUDIBLE / 10);
  }
}
