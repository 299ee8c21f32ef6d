import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostFailure } from '../../src/contract/host-error.ts';
import type { Quality } from '../../src/core/entitlement/entitlement.ts';
import {
  audioBytes,
  bodyOf,
  createCacheFixture,
  sha256Of,
  until,
  type CacheFixture,
} from './track-cache-fixture.ts';

const LOW = audioBytes(70_000, 21);
const WHOLE = audioBytes(300_000, 22);

let fixture: CacheFixture;
let wished: { quality: Quality; isFirm: boolean };
let isGone: boolean;
let transferred: number;
let song: string;

beforeEach(async () => {
  wished = { quality: 'low', isFirm: true };
  isGone = false;
  transferred = 0;
  fixture = await createCacheFixture({
    wishes: { playing: () => wished, keeping: () => wished },
    onTransfer: (bytes) => void (transferred += bytes),
    isGone: () => isGone,
  });
  song = fixture.publishQualities('song', { low: LOW, lossless: WHOLE });
});
afterEach(() => fixture.close());

/** Which of the two is heard. */
const heard = async (trackId = song): Promise<string> => {
  const body = await bodyOf(await fixture.get(trackId));
  return Buffer.compare(body, LOW) === 0 ? 'low' : Buffer.compare(body, WHOLE) === 0 ? 'lossless' : 'neither';
};
const kept = async (trackId: string): Promise<void> => {
  await until('it is whole', () => fixture.cache.holding(trackId)?.isWhole === true);
};
const heardAndKept = async (): Promise<string> => {
  const quality = await heard();
  await kept(song);
  return quality;
};
const filesOf = (trackId: string): number =>
  fixture.cache.wholeTracks().filter((one) => one === trackId).length;

describe('the quality of what plays', () => {
  it('is the one that is wished for, and what came over the line is told', async () => {
    expect(await heardAndKept()).toBe('low');
    await until('it is counted', () => transferred === LOW.byteLength);
    expect(fixture.resolved).toHaveLength(1);
  });

  it('is fetched anew when the listener has set a better one, and the old file goes', async () => {
    await heardAndKept();
    wished = { quality: 'lossless', isFirm: true };
    expect(await heard()).toBe('lossless');
    await until('only the better one is here', async () => {
      const { totalBytes } = fixture.cache.holding(song) ?? { totalBytes: 0 };
      return totalBytes === WHOLE.byteLength && filesOf(song) === 1;
    });
    const asked = fixture.origin.requests.length;
    expect(await heard()).toBe('lossless');
    expect(fixture.origin.requests).toHaveLength(asked);
  });

  it('stays as it is here when the better one was chosen by itself', async () => {
    await heardAndKept();
    wished = { quality: 'lossless', isFirm: false };
    expect(await heard()).toBe('low');
  });

  it('stays as it is here without a network, with a service that fails, and when less is wished for', async () => {
    await heardAndKept();
    wished = { quality: 'lossless', isFirm: true };
    isGone = true;
    expect(await heard()).toBe('low');
    isGone = false;
    fixture.failService(new HostFailure('service_unreachable', 'gone'));
    expect(await heard()).toBe('low');
    fixture.failService(null);
    expect(await heard()).toBe('lossless');
    await until('the better one is here', () => fixture.cache.holding(song)?.totalBytes === WHOLE.byteLength);
    wished = { quality: 'low', isFirm: true };
    expect(await heard()).toBe('lossless');
  });

  it('does not change while the track plays, whatever the line does', async () => {
    wished = { quality: 'low', isFirm: false };
    fixture.cache.expect(song, []);
    const first = await fixture.get(song, { range: 'bytes=0-999' });
    wished = { quality: 'lossless', isFirm: false };
    const second = await fixture.get(song, { range: 'bytes=1000-' });
    expect(second.headers.get('etag')).toBe(`"${sha256Of(LOW)}"`);
    const body = Buffer.concat([await bodyOf(first), await bodyOf(second)]);
    expect(Buffer.compare(body, LOW)).toBe(0);
  });

  it('is as it was kept on purpose, which is fetched anew only when it is kept again', async () => {
    await fixture.cache.keep(song, new AbortController().signal);
    fixture.cache.setPinned([song]);
    wished = { quality: 'lossless', isFirm: true };
    expect(await heard()).toBe('low');
    await fixture.cache.keep(song, new AbortController().signal);
    expect(await heard()).toBe('lossless');
  });

  it('is not asked for again and again where there is no better one', async () => {
    const only = fixture.publishQualities('only', { low: LOW });
    wished = { quality: 'lossless', isFirm: true };
    expect(await heard(only)).toBe('low');
    await kept(only);
    await fixture.restart();
    fixture.failService(new HostFailure('service_unreachable', 'nobody is to ask'));
    const asked = fixture.origin.requests.length;
    expect(await heard(only)).toBe('low');
    expect(fixture.origin.requests).toHaveLength(asked);
  });
});
