/** The bridge of the web shell: `POST /host/<method>` for calls, server-sent events from `GET /host/events`. */
import type { HostBridge, HostEventName, HostEvents } from '../../contract/host-api.ts';
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

export const webBridge: HostBridge = {
  shell: 'web',
  async invoke(method, argument) {
    const response = await fetch(`/host/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(argument ?? null),
    });
    const reply: unknown = await response.json();
    if (!isReply(reply)) throw new Error(`/host/${method} answered ${response.status} without a reply`);
    return reply;
  },
  subscribe: listen,
};
