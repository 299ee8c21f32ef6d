/** A page of a real browser with the window's own sound modules in it; nothing is bundled, types are stripped as they are asked for. */
import { chromium, type Page } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** Secure, as worklets and devices want it; nothing is asked of the network. */
const ORIGIN = 'https://riffle.test';
/** What the window's modules call by name; the files of packages go in as they are. */
const PACKAGES = {
  mediabunny: '/node_modules/mediabunny/dist/bundles/mediabunny.min.mjs',
  zod: '/node_modules/zod/index.js',
};
const PAGE = `<!doctype html><title>Sound</title>
<script type="importmap">${JSON.stringify({ imports: PACKAGES })}</script>`;
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** Debian's, or the one that Playwright brings. */
export const browserIsHere = existsSync(DEBIAN_CHROMIUM) || existsSync(chromium.executablePath());

export interface SoundPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** Opens a page that has run the module at the path (from the root of the repository). */
export const openSoundPage = async (modulePath: string): Promise<SoundPage> => {
  const browser = await chromium.launch({
    ...(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
      // Two output devices on which nothing is heard.
      '--use-fake-device-for-media-stream',
    ],
  });
  const page = await browser.newPage();
  // Browsers tell the names of devices only to pages that may listen.
  await page.context().grantPermissions(['microphone'], { origin: ORIGIN });
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: PAGE });
    const text = readFileSync(join(ROOT, pathname), 'utf8');
    const body = pathname.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto(`${ORIGIN}/`);
  await page.addScriptTag({ type: 'module', url: `${ORIGIN}/${modulePath}` });
  return { page, close: () => browser.close() };
};
