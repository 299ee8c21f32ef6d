import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaAddressSchema, problemSchema } from '../../src/contract/catalog-http.ts';
import { albumWithTracks, idOf, trackRecord } from '../builders/catalog-records.ts';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';

const BYTES = 1000;
const CONTENT = Buffer.from(Array.from({ length: BYTES }, (_, index) => index % 251));

let home: ServiceHome;
let service: RunningService;
let address = '';

beforeAll(async () => {
  home = await openServiceHome();
  await home.publish(albumWithTracks('Flussabwärts', { tracks: ['Kiesbett', 'Delta'] }));
  const [media] = trackRecord('Kiesbett').media;
  await home.store.put(media?.key ?? '', CONTENT, { contentType: 'audio/flac' });
  service = await home.start();
  const id = idOf('track', 'Flussabwärts/Kiesbett');
  address = (await service.get(`/v1/tracks/${id}/media`, mediaAddressSchema)).url;
});
afterAll(() => home.close());

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe('an object at its signed address', () => {
  it('comes whole, with a strong tag, and may be kept for ever', async () => {
    const response = await fetch(address);
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toMatch(/^".+"$/);
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-type')).toBe('audio/flac');
    expect(await bytesOf(response)).toEqual(CONTENT);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-99', 0, 99],
    ['bytes=990-', 990, 999],
    ['bytes=990-5000', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=999-999', 999, 999],
  ])('gives %s as bytes %i to %i', async (range, first, last) => {
    const response = await fetch(address, { headers: { range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/${BYTES}`);
    expect(response.headers.get('content-length')).toBe(String(last - first + 1));
    expect(await bytesOf(response)).toEqual(CONTENT.subarray(first, last + 1));
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('cannot give %s', async (range) => {
    const response = await fetch(address, { headers: { range } });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${BYTES}`);
  });

  it.each(['bytes=5-2', 'bytes=0-1,4-5', 'items=0-1', 'bytes=-', 'nonsense'])(
    'takes no notice of %s',
    async (range) => {
      const response = await fetch(address, { headers: { range } });
      expect(response.status).toBe(200);
      expect((await bytesOf(response)).length).toBe(BYTES);
    },
  );

  it('gives a part only to who has a part of the same object', async () => {
    const etag = (await fetch(address, { method: 'HEAD' })).headers.get('etag') ?? '';
    const range = 'bytes=10-19';
    const same = await fetch(address, { headers: { range, 'if-range': etag } });
    expect(same.status).toBe(206);
    for (const ifRange of ['"another"', `W/${etag}`, 'Mon, 23 Nov 2026 01:00:00 GMT']) {
      const other = await fetch(address, { headers: { range, 'if-range': ifRange } });
      expect(other.status).toBe(200);
      expect((await bytesOf(other)).length).toBe(BYTES);
    }
  });

  it('says to HEAD how long it is, whatever range is asked for', async () => {
    const response = await fetch(address, { method: 'HEAD', headers: { range: 'bytes=0-9' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(BYTES));
    expect(await response.text()).toBe('');
  });

  it('is not sent again to who has it', async () => {
    const etag = (await fetch(address)).headers.get('etag') ?? '';
    const response = await fetch(address, { headers: { 'if-none-match': etag } });
    expect(response.status).toBe(304);
  });

  it('opens for no changed address: another object, a longer life, no signature', async () => {
    const url = new URL(address);
    const expires = url.searchParams.get('expires') ?? '';
    const [other] = trackRecord('Delta').media;
    const changed = [
      address.replace(url.pathname, `/objects/${other?.key ?? ''}`),
      address.replace(expires, String(Number(expires) + 60)),
      address.replace(/signature=.*/, ''),
      `${url.origin}${url.pathname}`,
      `${url.origin}/objects/../store${url.search}`,
      address.replace('/objects/audio', '/objects/%61udio'),
    ];
    for (const wrong of changed) {
      const response = await fetch(wrong);
      expect([403, 404]).toContain(response.status);
      expect(problemSchema.parse(await response.json()).code).toMatch(/forbidden|not_found/);
    }
  });

  it('opens for no address of another run of the service', async () => {
    const second = await home.start({ indexFolder: `${home.indexFolder}-second` });
    const response = await fetch(address.replace(service.url, second.url));
    expect(response.status).toBe(403);
    await second.close();
  });
});
