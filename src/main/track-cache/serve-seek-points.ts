import { idSchema, type TrackDetails } from '../../contract/catalog-http.ts';
import type { IdRequest } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { SeekPoints } from '../../contract/seek-points.ts';
import type { Clock } from '../ports.ts';
import type { TrackCache } from './cache-contract.ts';
import { CROSS_ORIGIN_HEADERS } from './serve-track.ts';

/** Somebody waits to hear it: after so long it is sooner found by walking through the file. */
const PATIENCE_MS = 400;

export interface SeekPointSources {
  readonly describe: TrackCache['describe'];
  /** What this computer knows of a track. */
  readonly known: (request: IdRequest) => TrackDetails | null;
  /** Asks the service; rejects with its `HostFailure`. */
  readonly ask: (request: IdRequest) => Promise<TrackDetails>;
  readonly isUnreachable: () => boolean;
  readonly clock: Pick<Clock, 'wait'>;
  readonly patienceMs?: number;
}

const unlessFailed = async <Value>(work: Promise<Value>): Promise<Value | null> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HostFailure) return null;
    throw error;
  }
};

/** The points into exactly this file: a track may have been given other audio since somebody said where its frames lie. */
const pointsInto = (sha256: string, details: TrackDetails | null): SeekPoints | null =>
  details?.seeking?.sha256 === sha256 ? details.seeking.points : null;

const findPoints = async (sources: SeekPointSources, trackId: string): Promise<SeekPoints | null> => {
  const { describe, known, ask, isUnreachable, clock, patienceMs = PATIENCE_MS } = sources;
  const file = await unlessFailed(describe(trackId));
  if (file === null) return null;
  const here = pointsInto(file.sha256, known({ id: trackId }));
  if (here !== null || isUnreachable()) return here;
  const answered = new AbortController();
  const late = clock.wait(patienceMs, answered.signal).then(() => null);
  // It ends so when the answer came first.
  late.catch(() => undefined);
  try {
    return pointsInto(file.sha256, await Promise.race([unlessFailed(ask({ id: trackId })), late]));
  } finally {
    answered.abort();
  }
};

/**
 * Where the frames of a track's audio lie, as JSON (`seekPointsSchema`): from what this computer knows, else from the service, in
 * time or not at all. 404 where nobody knows it: then the file has an index of its own, or must be walked.
 */
export const serveSeekPoints = async (
  sources: SeekPointSources,
  trackId: string,
  request: Request,
): Promise<Response> => {
  const headers = { ...CROSS_ORIGIN_HEADERS, 'cache-control': 'no-store' };
  if (request.method !== 'GET') {
    return new Response(null, { status: 405, headers: { ...headers, allow: 'GET' } });
  }
  if (!idSchema.safeParse(trackId).success) return new Response(null, { status: 400, headers });
  const points = await findPoints(sources, trackId);
  return points === null ? new Response(null, { status: 404, headers }) : Response.json(points, { headers });
};
