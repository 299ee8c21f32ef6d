/** `riffle-catalog ads`, as an operator types it. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createAdMetering } from '../../src/catalog/ads/ad-metering.ts';
import { createSpotsDocument } from '../../src/catalog/ads/spots-document.ts';
import { createAdsCommand } from '../../src/catalog/cli/ads-command.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { adReportSchema } from '../../src/contract/ads-http.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const DEMO_ADS = new URL('../../assets/demo-ads/', import.meta.url).pathname;

let folder: string;
let storeFolder: string;

beforeEach(async () => {
  const root = await temporaryFolder();
  [folder, storeFolder] = [join(root, 'ads'), join(root, 'store')];
  await mkdir(folder);
  await copyFile(join(DEMO_ADS, 'hafenfest.opus'), join(folder, 'hafenfest.opus'));
  await writeFile(
    join(folder, 'ads.json'),
    JSON.stringify({
      spots: [{ audio: 'hafenfest.opus', sender: 'Häfen', title: 'Am Wasser', until: '2026-06-14' }],
    }),
  );
});

/** Runs it in this process; gives what it printed and its exit code. */
const type = async (...words: readonly string[]) => {
  let [out, error] = ['', ''];
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const errors = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    error += String(text);
    return true;
  });
  const before = process.exitCode;
  try {
    await createAdsCommand(openStore).parseAsync([...words, '--store', storeFolder], { from: 'user' });
    return { out, error, exitCode: process.exitCode ?? 0 };
  } finally {
    process.exitCode = before;
    output.mockRestore();
    errors.mockRestore();
  }
};

describe('riffle-catalog ads', () => {
  it('publishes, lists and reports', async () => {
    await mkdir(storeFolder);
    const published = await type('publish', folder);
    expect(published).toMatchObject({ exitCode: 0, error: '' });
    expect(published.out).toMatch(/at revision 1\.\n1 new, 0 changed, 0 unchanged, 0 ended\.\n/);
    expect(published.out).toContain('  new: Häfen: Am Wasser\n');

    const store = openStore({ location: storeFolder });
    const [spot] = (await createSpotsDocument(store).latest())?.value.spots ?? [];
    const spotId = spot?.id ?? '';
    const at = new Date().toISOString();
    await createAdMetering(store).take(
      [{ breakId: crypto.randomUUID(), spotId, kind: 'impression', at }],
      'anna',
    );

    const list = (await type('list')).out.split('\n');
    expect(list[0]).toMatch(/^id +sender +title +length +loudness +weight +when +not after$/);
    expect(list[1]).toMatch(new RegExp(`^${spotId}  Häfen +Am Wasser +12\\.2 s .* 10  … to 2026-06-14$`));
    expect((await type('report')).out).toMatch(/heard +25% .*\n.* Am Wasser +1 +0 +0 +0 +0 +0\n$/);
    const report = adReportSchema.parse(JSON.parse((await type('report', '--json')).out));
    expect(report.spots).toMatchObject([{ spotId, sender: 'Häfen', counts: { impression: 1, click: 0 } }]);
  });

  it('says on the error stream what is wrong, how to mend it, and by its exit code that it was the input', async () => {
    await mkdir(storeFolder);
    await writeFile(
      join(folder, 'ads.json'),
      JSON.stringify({ spots: [{ audio: 'gone.mp3', sender: 'S', title: 'T' }] }),
    );
    const { out, error, exitCode } = await type('publish', folder);
    expect([out, exitCode]).toEqual(['', 2]);
    expect(error).toMatch(
      /^ads\.json: spot 1 \(S\): audio: there is no file gone\.mp3\nNothing was published\./,
    );
  });

  it('tells a store that is not there, or lies in the folder, from ads that are wrong', async () => {
    expect(await type('list')).toMatchObject({ out: '', exitCode: 1 });
    storeFolder = join(folder, 'store');
    expect(await type('publish', folder)).toMatchObject({ exitCode: 2 });
  });

  it('says when there are none', async () => {
    await mkdir(storeFolder);
    expect([(await type('list')).out, (await type('report')).out]).toEqual([
      'There are no ads.\n',
      'There are no ads.\n',
    ]);
  });
});
