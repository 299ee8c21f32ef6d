import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostEventName, HostEvents } from '../../../contract/host-api.ts';
import { HOST_EVENT_NAMES } from '../../event-names.ts';
import type { Host } from '../../host.ts';

export type EventfulHost = Pick<Host, 'subscribe' | 'snapshot'>;

/** Keeps a silent connection from being taken for a dead one. */
const HEARTBEAT_MS = 20_000;
/** A window that does not read for this long is let go; it comes back by itself and gets a snapshot. */
const LARGEST_BACKLOG_BYTES = 4 * 1024 * 1024;

/**
 * `GET /host/events`: server-sent events, named as in `HOST_EVENTS`. The value of each comes first, then every change, so a
 * window that reconnects has missed nothing.
 */
export const streamEvents = (
  host: EventfulHost,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void => {
  outgoing.writeHead(200, {
    'cache-control': 'no-store',
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });

  const write = (text: string): void => {
    outgoing.write(text);
    if (outgoing.writableLength > LARGEST_BACKLOG_BYTES) outgoing.destroy();
  };
  const send = <Name extends HostEventName>(name: Name, value: HostEvents[Name]): void => {
    write(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
  };
  const forward = <Name extends HostEventName>(name: Name): (() => void) =>
    host.subscribe(name, (value) => send(name, value));

  const unsubscribes = HOST_EVENT_NAMES.map(forward);
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
  incoming.once('close', () => {
    clearInterval(heartbeat);
    for (const unsubscribe of unsubscribes) unsubscribe();
  });

  const snapshot = host.snapshot();
  for (const name of HOST_EVENT_NAMES) send(name, snapshot[name]);
};
