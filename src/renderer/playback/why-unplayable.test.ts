import { afterEach, describe, expect, it, vi } from 'vitest';
import { HOST_ERROR_CODES } from '../../contract/host-error.ts';
import { whyUnplayable } from './why-unplayable.ts';

const answering = (response: () => Promise<Response>): void => void vi.stubGlobal('fetch', response);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('why a track does not play', () => {
  it.each(HOST_ERROR_CODES)('is what the host says: %s', async (code) => {
    answering(async () => Response.json({ code }, { status: 503 }));
    expect(await whyUnplayable('/tracks/t1')).toBe(code);
  });

  it('is guessed from the status of whoever says nothing else', async () => {
    answering(async () => new Response('<html>', { status: 404, headers: { 'content-type': 'text/html' } }));
    expect(await whyUnplayable('/tracks/t1')).toBe('not_found');
    answering(async () => Response.json({ code: 'nonsense' }, { status: 503 }));
    expect(await whyUnplayable('/tracks/t1')).toBe('service_unreachable');
  });

  it('is the recording itself when it answers well', async () => {
    answering(async () => new Response('sound', { status: 206 }));
    expect(await whyUnplayable('/tracks/t1')).toBe('media_unavailable');
  });

  it('is the network for what was cut off half-way: its beginning is here, its end is not', async () => {
    vi.stubGlobal('fetch', async (_address: string, { headers }: { headers: { range: string } }) =>
      headers.range === 'bytes=0-0'
        ? new Response('s', { status: 206 })
        : Response.json({ code: 'offline' }, { status: 503 }),
    );
    expect(await whyUnplayable('/tracks/t1')).toBe('offline');
  });

  it('is the service when there is a network and no answer', async () => {
    vi.stubGlobal('navigator', { onLine: true });
    answering(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await whyUnplayable('/tracks/t1')).toBe('service_unreachable');
    vi.stubGlobal('navigator', { onLine: false });
    expect(await whyUnplayable('/tracks/t1')).toBe('offline');
  });
});
