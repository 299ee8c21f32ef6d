/** An operator publishes ads from a folder. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/catalog/publish/ffmpeg.ts';
import { measureAudio } from '../../src/catalog/publish/measure-audio.ts';
import { publishAds, type PublishAdsOptions } from '../../src/catalog/ads/publish-ads.ts';
import { createSpotsDocument } from '../../src/catalog/ads/spots-document.ts';
import { artworkKey } from '../../src/catalog/segments/keys.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { openStore } from '../../src/catalog/store/open-store.ts';
import { writeWav } from '../builders/wav.ts';
import { keysIn } from './keys-in.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const DEMO_ADS = new URL('../../assets/demo-ads/', import.meta.url).pathname;
const NO_FFMPEG = { ffmpegCommand: 'there-is-no-such-ffmpeg' };
const RATE_HZ = 16_000;

let folder: string;
let store: ObjectStore;

beforeEach(async () => {
  const root = await temporaryFolder();
  folder = join(root, 'ads');
  await mkdir(folder);
  for (const name of ['hafenfest', 'riffle-premium'])
    for (const kind of ['opus', 'webp'])
      await copyFile(join(DEMO_ADS, `${name}.${kind}`), join(folder, `${name}.${kind}`));
  await mkdir(join(root, 'store'));
  store = openStore({ location: join(root, 'store') });
});

const HARBOUR = { audio: 'hafenfest.opus', sender: 'Hafenfest', title: 'Drei Tage' };
const PREMIUM = { audio: 'riffle-premium.opus', sender: 'Riffle', title: 'Premium' };

const writeAds = (...spots: readonly object[]): Promise<void> =>
  writeFile(join(folder, 'ads.json'), JSON.stringify({ spots }));
const publish = (options: Partial<PublishAdsOptions> = {}) =>
  publishAds({ folder, store, ...NO_FFMPEG, ...options });
const published = async () => (await createSpotsDocument(store).latest())?.value.spots ?? [];
/** A tone of so many seconds. */
const tone = (name: string, seconds: number, level: number): Promise<void> =>
  writeWav(
    join(folder, name),
    Float32Array.from(
      { length: seconds * RATE_HZ },
      (_, index) => level * Math.sin((index * 2 * Math.PI * 997) / RATE_HZ),
    ),
    RATE_HZ,
  );

describe('publishing ads', () => {
  it('puts sound, picture and list into the store, and changes nothing the second time', async () => {
    await writeAds(
      {
        ...HARBOUR,
        link: { url: 'https://hafenfest.example/', label: 'hafenfest.example' },
        picture: 'hafenfest.webp',
        weight: 30,
        from: '2026-06-01',
        until: '2026-06-14',
        avoidGenres: ['Neue Musik'],
      },
      PREMIUM,
    );
    expect(await publish()).toMatchObject({
      added: [HARBOUR, PREMIUM].map(({ sender, title }) => ({ sender, title })),
      revision: 1,
    });

    const [harbour, premium] = await published();
    expect(harbour).toMatchObject({ weight: 30, from: '2026-06-01', avoidGenres: [{ id: 'neue-musik' }] });
    expect(premium).toMatchObject({ weight: 10, artwork: null, link: null, hasEnded: false });
    const audio = await store.getBytes(harbour?.media.key ?? '');
    expect(await readFile(join(folder, 'hafenfest.opus'))).toEqual(Buffer.from(audio ?? []));
    expect(await store.head(artworkKey(harbour?.artwork?.id ?? '', 96))).not.toBeNull();

    expect(await publish()).toMatchObject({ added: [], changed: [], unchanged: 2, uploads: 0, revision: 1 });
  });

  it('keeps the id of a spot while its sound stays, and ends what is no longer listed', async () => {
    await writeAds(HARBOUR, PREMIUM);
    await publish();
    const [before] = await published();
    await writeAds({ ...HARBOUR, title: 'Noch zwei Tage', weight: 1 });
    expect(await publish()).toMatchObject({
      changed: [{ title: 'Noch zwei Tage' }],
      ended: [{ sender: 'Riffle' }],
      revision: 2,
    });

    const [changed, ended] = await published();
    expect(changed).toMatchObject({ id: before?.id, title: 'Noch zwei Tage', hasEnded: false });
    // Its reports still come in, and it may come back.
    expect(ended).toMatchObject({ sender: 'Riffle', hasEnded: true });
    await writeAds(HARBOUR, PREMIUM);
    expect(await publish()).toMatchObject({ added: [{ sender: 'Riffle' }] });
    expect((await published()).map(({ hasEnded }) => hasEnded)).toEqual([false, false]);
  });

  it('writes nothing in a dry run', async () => {
    await writeAds({ ...HARBOUR, picture: 'hafenfest.webp' });
    expect(await publish({ dryRun: true })).toMatchObject({ added: [{ sender: 'Hafenfest' }], revision: 0 });
    expect(await keysIn(store, '')).toEqual([]);
  });

  it('brings a loud ad to where ads belong, and makes it small', async () => {
    const ffmpeg = await findFfmpeg('ffmpeg', 1);
    if (ffmpeg === null) throw new Error('ffmpeg is needed');
    await tone('loud.wav', 2, 0.95);
    await writeAds({ ...HARBOUR, audio: 'loud.wav' }, PREMIUM);
    expect(await publish({ ffmpegCommand: 'ffmpeg' })).toMatchObject({ unlevelled: [] });

    const [loud, premium] = await published();
    expect(loud?.media).toMatchObject({ contentType: 'audio/ogg' });
    expect(loud?.loudness?.integratedLufs).toBeCloseTo(-16, 0);
    expect(loud?.durationMs).toBeCloseTo(2_000, -1);
    const heard = join(folder, 'heard.opus');
    await writeFile(heard, (await store.getBytes(loud?.media.key ?? '')) ?? '');
    const { loudness } = await measureAudio(ffmpeg, heard, new AbortController().signal);
    expect(loudness?.integratedLufs).toBeLessThan(-14);
    // What is right already is not encoded once more.
    expect(premium).toMatchObject({ levelled: true, sourceSha256: premium?.media.sha256 });

    expect(await publish({ ffmpegCommand: 'ffmpeg' })).toMatchObject({ unchanged: 2, uploads: 0 });
    // Levelled once, it stays so where there is no ffmpeg.
    expect(await publish()).toMatchObject({ unchanged: 2, uploads: 0, revision: 1 });
  });

  it('says which ads it had to take as they are', async () => {
    await writeAds(HARBOUR);
    expect(await publish()).toMatchObject({ unlevelled: [{ sender: 'Hafenfest' }] });
    expect(await publish({ ffmpegCommand: 'ffmpeg' })).toMatchObject({
      unlevelled: [],
      changed: [{ sender: 'Hafenfest' }],
    });
  });

  it('says everything that is wrong at once, by spot and field, and changes nothing', async () => {
    await writeAds(HARBOUR);
    await publish();
    await tone('short.wav', 0.5, 0.1);
    await tone('long.wav', 61, 0.1);
    await writeFile(join(folder, 'text.webp'), 'no picture');
    await writeFile(join(folder, 'text.mp3'), 'no sound');
    await writeAds(
      { ...HARBOUR, audio: 'short.wav' },
      { ...HARBOUR, audio: 'long.wav' },
      { ...HARBOUR, audio: 'text.mp3' },
      { ...HARBOUR, audio: 'not-there.mp3' },
      { ...HARBOUR, picture: 'text.webp' },
      { ...PREMIUM, picture: 'not-there.webp' },
    );
    await expect(publish()).rejects.toThrow(
      new RegExp(
        [
          String.raw`spot 1 \(Hafenfest\): audio: short.wav: it is 0.5 s long`,
          String.raw`spot 2 \(Hafenfest\): audio: long.wav: it is 61.0 s long`,
          String.raw`spot 3 \(Hafenfest\): audio: text.mp3: its content is none`,
          String.raw`spot 4 \(Hafenfest\): audio: there is no file not-there.mp3`,
          String.raw`spot 5 \(Hafenfest\): picture: text.webp: .*`,
          String.raw`spot 6 \(Riffle\): picture: there is no file not-there.webp$`,
        ].join('.*\nads.json: '),
      ),
    );
    expect(await published()).toHaveLength(1);
  });

  it.each([
    ['a field that is missing', { audio: 'a.mp3', sender: 'S' }, 'title: '],
    ['a field that there is not', { ...HARBOUR, wieght: 3 }, 'wieght: there is no such field'],
    ['a weight of 0', { ...HARBOUR, weight: 0 }, 'weight: it is less than 1'],
    ['a day that there is not', { ...HARBOUR, from: '2026-02-30' }, 'from: it is no date'],
    [
      'an end before the beginning',
      { ...HARBOUR, from: '2026-06-02', until: '2026-06-01' },
      'until: it is before "from"',
    ],
    [
      'a link that is not https',
      { ...HARBOUR, link: { url: 'http://x.example', label: 'x' } },
      'link.url: it is no https',
    ],
    [
      'a link that runs a script',
      { ...HARBOUR, link: { url: 'javascript:alert(1)', label: 'x' } },
      'link.url: it is no https',
    ],
    ['a file outside of the folder', { ...HARBOUR, audio: '../secret.mp3' }, 'audio: it is no path inside'],
    ['a file elsewhere', { ...HARBOUR, audio: '/etc/passwd' }, 'audio: it is no path inside'],
    ['a genre of no letters', { ...HARBOUR, avoidGenres: ['!!'] }, 'avoidGenres.0: it holds no letter'],
  ])('refuses %s', async (_what, spot, sentence) => {
    await writeAds(spot);
    await expect(publish()).rejects.toThrow(`ads.json: spot 1 (${spot.sender}): ${sentence}`);
  });

  it('refuses the same sound twice, and what is no list at all', async () => {
    await writeAds(HARBOUR, { ...HARBOUR, title: 'Again' });
    await expect(publish()).rejects.toThrow(
      'spot 2 (Hafenfest): audio: it is the same sound as that of spot 1',
    );
    await writeFile(join(folder, 'ads.json'), '{"spots": [,]}');
    await expect(publish()).rejects.toThrow('is no JSON');
    await writeFile(join(folder, 'ads.json'), '[]');
    await expect(publish()).rejects.toThrow('is no list of spots');
    await expect(publish({ folder: join(folder, 'elsewhere') })).rejects.toThrow('There is no ads.json');
  });
});
