import type { TrackDetails } from '../../contract/catalog-http.ts';
import type { IdRequest } from '../../contract/host-api.ts';
import { createLruMap } from '../storage/lru-map.ts';

/** What plays, what played, and what comes next. */
const REMEMBERED = 16;

/**
 * The page asks for a track's details to draw them, and whoever seeks in it needs them at once: of a few tracks, the service is
 * asked once. What failed is asked again.
 */
export const rememberDetails = (
  ask: (request: IdRequest) => Promise<TrackDetails>,
): ((request: IdRequest) => Promise<TrackDetails>) => {
  const recent = createLruMap<string, Promise<TrackDetails>>(REMEMBERED);
  return (request) => {
    const known = recent.get(request.id);
    if (known !== undefined) return known;
    const asked = ask(request);
    recent.set(request.id, asked);
    asked.catch(() => {
      if (recent.get(request.id) === asked) recent.delete(request.id);
    });
    return asked;
  };
};
