/** What the app sees of a service with ads: breaks, audio, and counting that is told how to fail. */
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import {
  adBreakRequestSchema,
  adEventsSchema,
  type AdBreak,
  type AdEvent,
} from '../../src/contract/ads-http.ts';
import { catalogPaths } from '../../src/contract/catalog-http.ts';

export type Spot = AdBreak['spots'][number];
/** `cut`: carried out, then hung up. `refuse`: 400. `fail`: 500. `silent`: never answered. */
export type Manner = 'answer' | 'cut' | 'refuse' | 'fail' | 'silent';

export interface AdService {
  readonly url: string;
  /** Every break that was asked for. */
  readonly breaks: readonly ReturnType<typeof adBreakRequestSchema.parse>[];
  /** The events of each request that was carried out. */
  readonly taken: readonly (readonly AdEvent[])[];
  /** Requests for events, however they ended. */
  readonly tries: () => number;
  /** How often something was counted, as the service counts: each break, spot and kind once. */
  counted(kind: AdEvent['kind']): number;
  /** How requests are answered from now on; a list is used up one by one, its last stays. */
  manner: Manner;
  spots: readonly Spot[];
  /** A spot of so many bytes. `content` is what is sent in place of them. */
  spot(id: string, bytes?: number, content?: Uint8Array | null): Spot;
}

const problem = (status: number, code: string): string =>
  JSON.stringify({ type: 'about:blank', title: 'No', status, code });

export const audioOf = (id: string, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, index) => (index * 7 + id.charCodeAt(0)) % 256);

export const startAdService = async (): Promise<AdService> => {
  const breaks: ReturnType<typeof adBreakRequestSchema.parse>[] = [];
  const taken: (readonly AdEvent[])[] = [];
  const audio = new Map<string, Uint8Array>();
  let tries = 0;

  const answer = (outgoing: ServerResponse, carryOut: () => string | null): void => {
    const { manner } = service;
    if (manner === 'silent') return;
    if (manner === 'refuse' || manner === 'fail') {
      const [status, code] = manner === 'refuse' ? [400, 'invalid_request'] : [500, 'internal'];
      outgoing.writeHead(status, { 'content-type': 'application/problem+json' }).end(problem(status, code));
      return;
    }
    const body = carryOut();
    if (manner === 'cut') outgoing.destroy();
    else if (body === null) outgoing.writeHead(204).end();
    else outgoing.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };

  const server = createServer(async (incoming, outgoing) => {
    const url = incoming.url ?? '/';
    if (url === catalogPaths.adBreak) {
      const request = adBreakRequestSchema.parse(await json(incoming));
      answer(outgoing, () => {
        breaks.push(request);
        return JSON.stringify({ breakId: request.breakId, spots: service.spots } satisfies AdBreak);
      });
      return;
    }
    if (url === catalogPaths.adEvents) {
      tries += 1;
      const { events } = adEventsSchema.parse(await json(incoming));
      answer(outgoing, () => {
        taken.push(events);
        return null;
      });
      return;
    }
    const content = audio.get(url.split('?')[0] ?? '');
    if (content === undefined) outgoing.writeHead(404).end();
    else outgoing.writeHead(200, { 'content-type': 'audio/ogg' }).end(content);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );

  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: AdService = {
    url: base,
    breaks,
    taken,
    tries: () => tries,
    counted: (kind) =>
      new Set(
        taken
          .flat()
          .filter((event) => event.kind === kind)
          .map(({ breakId, spotId }) => `${breakId}/${spotId}`),
      ).size,
    manner: 'answer',
    spots: [],
    spot(id, bytes = 5_000, content = audioOf(id, bytes)) {
      if (content !== null) audio.set(`/objects/${id}.opus`, content);
      return {
        id,
        sender: `Sender of ${id}`,
        title: 'Title',
        durationMs: 10_000,
        artwork: null,
        link: null,
        media: {
          url: `${base}/objects/${id}.opus?signature=secret`,
          expiresAt: '2030-01-01T00:00:00.000Z',
          contentType: 'audio/ogg',
          bytes,
          sha256: createHash('sha256').update(audioOf(id, bytes)).digest('hex'),
        },
      };
    },
  };
  return service;
};
