import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HOST_EVENTS, type HostEventName } from '../../../contract/host-api.ts';
import { DEFAULT_SETTINGS } from '../../../contract/settings.ts';
import { NO_LIBRARY } from '../../library/library-area.ts';
import { NO_SCROBBLING } from '../../scrobbling/scrobbling.ts';
import { createHostEvents } from '../../events.ts';
import { streamEvents, type EventfulHost } from './event-stream.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Reads events until so many have come. */
const readEvents = async (response: Response, count: number) => {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const events: { readonly name: string; readonly value: unknown }[] = [];
  let text = '';
  while (events.length < count) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) break;
    text += value;
    const whole = text.split('\n\n');
    text = whole.pop() ?? '';
    for (const event of whole) {
      const [, name, json] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
      if (name !== undefined && json !== undefined) events.push({ name, value: JSON.parse(json) });
    }
  }
  return { events, reader };
};

describe('a window that listens over HTTP', () => {
  it('is told every event as it stands, and then each change', async () => {
    const source = createHostEvents(silent);
    const host: EventfulHost = {
      subscribe: source.subscribe,
      snapshot: () => ({
        session: {
          session: { state: 'signed_out' },
          signIn: { step: 'idle' },
          accounts: [],
          offeredServiceUrl: null,
          keepsSignIn: 'file',
        },
        status: STATUS,
        settings: DEFAULT_SETTINGS,
        history: [],
        downloads: {
          pins: [],
          lease: { state: 'none' },
          isPaused: false,
          bytesPerSecond: null,
          remainingMs: null,
          waitingTracks: 0,
        },
        marks: { revision: 7 },
        commands: [],
        update: { state: 'unsupported', because: 'shell' },
        library: NO_LIBRARY,
        import: { state: 'none' },
        privacy: { isPrivate: false },
        scrobbling: NO_SCROBBLING,
      }),
    };
    const server = createServer((incoming, outgoing) => streamEvents(host, incoming, outgoing));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const names = Object.keys(HOST_EVENTS) as HostEventName[];

    const first = await readEvents(response.clone(), names.length);
    expect(first.events.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(first.events.find(({ name }) => name === 'marks')?.value).toEqual({ revision: 7 });

    for (const name of names) source.emit(name, host.snapshot()[name]);
    const all = await readEvents(response, 2 * names.length);
    expect(all.events.slice(names.length).map(({ name }) => name)).toEqual(names);
    await Promise.all([first.reader?.cancel(), all.reader?.cancel()]);
  });
});

const STATUS = {
  service: { state: 'unknown' },
  cache: { tracks: 0, bytes: 0, limitBytes: 0, failure: null },
  pinned: { tracks: 0, bytes: 0, limitBytes: null },
  storage: { folder: '/music', freeBytes: null, moving: null, key: 'file' },
  playable: { tracks: 0, durationMs: 0 },
  isMetered: null,
} as const;
