/** The window's decoder: a thread of its own, so that neither a press nor a list that scrolls waits for a resampler. */
import { serveDecoding } from './decoding-service.ts';
import { warmUp } from './warm-up.ts';

addEventListener('message', ({ ports }: MessageEvent<unknown>) => {
  const [port] = ports;
  if (port === undefined) return;
  serveDecoding({ port, fetch: (...request) => fetch(...request), nowMs: () => performance.now() });
  // What cannot be had now is asked for again with the first track, which says so.
  warmUp().catch(() => undefined);
});
