/** Ads in the app, behind the player: over real HTTP, with answers cut, nobody there, and the app started again. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createServiceRequests } from '../../src/main/catalog-client/service-requests.ts';
import { createAds, type Ads, type AdsOptions } from '../../src/main/ads/ads.ts';
import { systemClock } from '../../src/main/ports.ts';
import { handClock, type HandClock } from '../host/hand-clock.ts';
import { recordLog, type RecordedLog } from '../host/silent-log.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { audioOf, startAdService, type AdService } from './ad-service.ts';

const [HARBOUR, PREMIUM, THIRD] = ['a', 'b', 'c'].map((letter) => letter.repeat(20)) as [
  string,
  string,
  string,
];
const MINUTE_MS = 60_000;
/** On a busy machine soon is later. */
const SOON = { timeout: 15_000, interval: 10 };

let service: AdService;
let folder: string;
let clock: HandClock;
let log: RecordedLog;
let isUnreachable: boolean;

beforeEach(async () => {
  service = await startAdService();
  folder = await temporaryFolder();
  clock = handClock();
  log = recordLog();
  isUnreachable = false;
});

const openAds = (options: Partial<AdsOptions> = {}): Ads => {
  const closing = new AbortController();
  const requests = createServiceRequests({
    serviceUrl: service.url,
    fetch,
    clock: systemClock,
    isOnline: () => true,
    onOutcome: () => undefined,
    closing: closing.signal,
  });
  const ads = createAds({
    folder,
    post: requests.post,
    fetch,
    isUnreachable: () => isUnreachable,
    closing: closing.signal,
    clock,
    log,
    ...options,
  });
  onTestFinished(async () => {
    closing.abort();
    await ads.close();
  });
  return ads;
};

const hear = async (ads: Ads, breakId: string, spotId: string): Promise<void> => {
  await ads.api.report({ breakId, spotId, kind: 'impression' });
  await ads.api.report({ breakId, spotId, kind: 'complete' });
};
const ask = (ads: Ads, spotId: string, headers: HeadersInit = {}): Promise<Response> =>
  ads.serve(new Request(`track://ad/${spotId}`, { headers }), spotId);

describe('a break', () => {
  it('has its audio in memory before the player hears of it', async () => {
    service.spots = [service.spot(HARBOUR), service.spot(PREMIUM)];
    const ads = openAds();
    const { breakId, spots } = await ads.api.chooseBreak({ afterTrackId: THIRD });

    expect(service.breaks).toEqual([{ breakId, afterTrackId: THIRD, recentSpotIds: [] }]);
    expect(spots.map(({ id }) => id)).toEqual([HARBOUR, PREMIUM]);
    // No address enters the window.
    expect(JSON.stringify(spots)).not.toContain('http');

    const whole = await ask(ads, HARBOUR);
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'audio/ogg']);
    expect(await whole.bytes()).toEqual(audioOf(HARBOUR, 5_000));
    const part = await ask(ads, PREMIUM, { range: 'bytes=1000-1999' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1000-1999/5000']);
    expect(await part.bytes()).toEqual(audioOf(PREMIUM, 5_000).slice(1_000, 2_000));
    expect((await ask(ads, HARBOUR, { range: 'bytes=5000-' })).status).toBe(416);
  });

  it('plays nothing but the spots of the break that is due', async () => {
    const ads = openAds();
    expect((await ask(ads, HARBOUR)).status).toBe(404);
    service.spots = [service.spot(HARBOUR)];
    await ads.api.chooseBreak({ afterTrackId: null });
    service.spots = [service.spot(PREMIUM)];
    await ads.api.chooseBreak({ afterTrackId: null });

    expect((await ask(ads, HARBOUR)).status).toBe(404);
    expect((await ask(ads, PREMIUM)).status).toBe(200);
    expect((await ask(ads, 'no-id')).status).toBe(400);
  });

  it('leaves out a spot that does not come, or not as it was said', async () => {
    const tooLarge = service.spot('g'.repeat(20));
    service.spots = [
      service.spot(HARBOUR, 5_000, null),
      service.spot('d'.repeat(20), 5_000, audioOf('x', 5_000)),
      service.spot('e'.repeat(20), 5_000, audioOf('e', 4_000)),
      service.spot('f'.repeat(20), 5_000, audioOf('f', 6_000)),
      { ...tooLarge, media: { ...tooLarge.media, bytes: 9 * 1024 ** 2 } },
      service.spot(PREMIUM),
    ];
    const ads = openAds();
    const { spots } = await ads.api.chooseBreak({ afterTrackId: null });

    expect(spots.map(({ id }) => id)).toEqual([PREMIUM]);
    expect(log.lines.map(({ fields }) => fields['reason'])).toHaveLength(5);
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });

  it('plays what came in time, and does not wait for the rest', async () => {
    const slow = service.spot(HARBOUR);
    service.spots = [slow, service.spot(PREMIUM)];
    const [asked, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ads = openAds({
      fetch: async (url, init) => {
        if (url === slow.media.url) {
          asked.resolve();
          return new Promise((_, reject) => {
            init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
          });
        }
        const audio = await (await fetch(url, init)).arrayBuffer();
        arrived.resolve();
        return new Response(audio);
      },
    });
    const chosen = ads.api.chooseBreak({ afterTrackId: null });
    await Promise.all([asked.promise, arrived.promise]);
    await clock.advance(12_000);
    expect((await chosen).spots.map(({ id }) => id)).toEqual([PREMIUM]);
  });

  it('is empty when the service says nothing in time, fails, or is known to be gone', async () => {
    service.spots = [service.spot(HARBOUR)];
    const ads = openAds();
    service.manner = 'silent';
    const chosen = ads.api.chooseBreak({ afterTrackId: null });
    await expect.poll(() => clock.waiting(), SOON).toBe(1);
    await clock.advance(2_500);
    expect((await chosen).spots).toEqual([]);

    service.manner = 'fail';
    expect((await ads.api.chooseBreak({ afterTrackId: null })).spots).toEqual([]);
    service.manner = 'answer';
    isUnreachable = true;
    expect((await ads.api.chooseBreak({ afterTrackId: null })).spots).toEqual([]);
    expect(service.breaks).toEqual([]);
  });

  it('remembers what was heard lately, also after a restart', async () => {
    const ads = openAds();
    await hear(ads, crypto.randomUUID(), HARBOUR);
    await hear(ads, crypto.randomUUID(), PREMIUM);
    await ads.close();

    await openAds().api.chooseBreak({ afterTrackId: null });
    expect(service.breaks[0]?.recentSpotIds).toEqual([PREMIUM, HARBOUR]);
  });
});

describe('what became of a break', () => {
  const breakOf = async (ads: Ads): Promise<string> => {
    service.spots = [service.spot(HARBOUR), service.spot(PREMIUM)];
    return (await ads.api.chooseBreak({ afterTrackId: null })).breakId;
  };

  it('is sent as one request when its last spot was heard', async () => {
    const ads = openAds();
    const breakId = await breakOf(ads);
    await hear(ads, breakId, HARBOUR);
    await hear(ads, breakId, PREMIUM);
    await clock.advance(0);
    await expect.poll(() => service.taken.length, SOON).toBe(1);
    expect(service.taken[0]).toHaveLength(4);
  });

  it('is sent after a minute when nothing more comes', async () => {
    const ads = openAds();
    await ads.api.report({ breakId: await breakOf(ads), spotId: HARBOUR, kind: 'impression' });
    await clock.advance(MINUTE_MS);
    await expect.poll(() => service.counted('impression'), SOON).toBe(1);
  });

  it('counts once when the answer is lost, however often', async () => {
    service.manner = 'cut';
    const ads = openAds();
    const breakId = crypto.randomUUID();
    await hear(ads, breakId, HARBOUR);
    await clock.advance(MINUTE_MS);
    await expect
      .poll(() => log.lines.some(({ message }) => message.includes('kept for later')), SOON)
      .toBe(true);
    expect(service.taken.length).toBeGreaterThan(0);

    service.manner = 'answer';
    await ads.api.report({ breakId, spotId: HARBOUR, kind: 'click' });
    await clock.advance(MINUTE_MS);
    await expect.poll(() => service.counted('click'), SOON).toBe(1);
    expect([service.counted('impression'), service.counted('complete')]).toEqual([1, 1]);
    // And is not sent any more.
    await ads.close();
    expect(await readFile(join(folder, 'ad-events.jsonl'), 'utf8')).toBe('');
  });

  it('waits without a network and over a restart, and goes out together when the service is back', async () => {
    isUnreachable = true;
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    const before = openAds();
    await hear(before, first, HARBOUR);
    await clock.advance(60 * MINUTE_MS);
    await before.close();
    expect(service.tries()).toBe(0);
    // What a power cut left of a line.
    await writeFile(join(folder, 'ad-events.jsonl'), '{"breakId":"', { flag: 'a' });

    const ads = openAds();
    await hear(ads, second, PREMIUM);
    isUnreachable = false;
    ads.serviceReached();
    await clock.advance(0);
    await expect.poll(() => service.taken.length, SOON).toBe(1);
    expect(service.taken[0]?.map(({ breakId }) => breakId)).toEqual([first, first, second, second]);
  });

  it('does not hurry a service that fails, however often it answers other things', async () => {
    service.manner = 'fail';
    const ads = openAds();
    await hear(ads, crypto.randomUUID(), HARBOUR);
    await clock.advance(MINUTE_MS);
    await expect.poll(() => log.lines.length, SOON).toBe(1);
    for (let second = 0; second < 29; second += 1) {
      ads.serviceReached();
      await clock.advance(1_000);
    }
    expect(service.tries()).toBe(1);
    service.manner = 'answer';
    await clock.advance(1_000);
    await expect.poll(() => service.counted('impression'), SOON).toBe(1);
  });

  it('is dropped when the service says that it will never take it, and only that', async () => {
    service.manner = 'refuse';
    const ads = openAds();
    await hear(ads, crypto.randomUUID(), HARBOUR);
    await clock.advance(MINUTE_MS);
    await expect.poll(() => log.lines.some(({ level }) => level === 'warn'), SOON).toBe(true);

    service.manner = 'answer';
    await hear(ads, crypto.randomUUID(), PREMIUM);
    await clock.advance(MINUTE_MS);
    await expect
      .poll(() => service.taken.flat().map(({ spotId }) => spotId), SOON)
      .toEqual([PREMIUM, PREMIUM]);
  });

  it('goes out in batches, and is bounded: the oldest goes, and that is logged', async () => {
    const events = Array.from({ length: 2_000 }, (_, index) => ({
      breakId: crypto.randomUUID(),
      spotId: HARBOUR,
      kind: 'impression',
      at: new Date(clock.now() + index).toISOString(),
    }));
    await writeFile(
      join(folder, 'ad-events.jsonl'),
      events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    );
    const ads = openAds();
    await ads.api.report({ breakId: crypto.randomUUID(), spotId: PREMIUM, kind: 'impression' });
    expect(log.lines.map(({ message }) => message)).toEqual([
      'too many ad events wait: the oldest is dropped',
    ]);

    await clock.advance(MINUTE_MS);
    await expect.poll(() => service.taken.length, SOON).toBe(10);
    const sent = service.taken.flat();
    expect(sent.map(({ breakId }) => breakId)).not.toContain(events[0]?.breakId);
    expect([sent[0]?.breakId, sent.at(-1)?.spotId, sent.length]).toEqual([
      events[1]?.breakId,
      PREMIUM,
      2_000,
    ]);
  });
});
