/** The bridge of the web shell: `POST /host/<method>` for calls, server-sent events from `GET /host/events`. */
import type { HostBridge, HostEventName, HostEvents, HostMethod } from '../../contract/host-api.ts';
import type { HostReply } from '../../contract/host-error.ts';

const isReply = (value: unknown): value is HostReply<unknown> =>
  typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';

let events: { readonly source: EventSource; listeners: number } | null = null;

/** One connection for all listeners, closed with the last. */
function listen<Name extends HostEventName>(
  name: Name,
  listener: (value: HostEvents[Name]) => void,
): () => void {
  events ??= { source: new EventSource('/host/events'), listeners: 0 };
  const connection = events;
  connection.listeners += 1;
  const onMessage = (message: MessageEvent<string>): void => {
    listener(JSON.parse(message.data) as HostEvents[Name]);
  };
  connection.source.addEventListener(name, onMessage);
  let closed = false;
  return () => {
    if (closed) return;
    closed = true;
    connection.source.removeEventListener(name, onMessage);
    connection.listeners -= 1;
    if (connection.listeners > 0) return;
    connection.source.close();
    if (events === connection) events = null;
  };
}

/** What is said as the window goes; a reload would take an ordinary request with it. */
const LAST_WORDS: ReadonlySet<HostMethod> = new Set(['playback.savePosition', 'playback.saveQueue']);
/** The Fetch standard lets 64 KiB outlive a page and fails whatever is above; a character has up to three bytes. */
const MOST_LAST_CHARACTERS = 20_000;

export const webBridge: HostBridge = {
  shell: 'web',
  async invoke(method, argument) {
    const body = JSON.stringify(argument ?? null);
    const response = await fetch(`/host/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: LAST_WORDS.has(method) && body.length <= MOST_LAST_CHARACTERS,
    });
    const reply: unknown = await response.json();
    if (!isReply(reply)) throw new Error(`/host/${method} answered ${response.status} without a reply`);
    return reply;
  },
  subscribe: listen,
};
