import { z } from 'zod';
import { idSchema } from '../../contract/catalog-http.ts';
import type { Log } from '../ports.ts';
import { createJsonDocument } from '../storage/json-document.ts';

/** Which spots were heard lately, so that they are not heard again so soon. Never rejects: without it ads only come sooner. */
export interface RecentSpots {
  /** Newest first. */
  list(): Promise<readonly string[]>;
  /** On the disk when it resolves, if the disk takes it. */
  heard(spotId: string): Promise<void>;
}

/** Those of the last two breaks. More would make a turn of it where there are few, and weights would count for nothing. */
const REMEMBERED = 4;
const schema = z.object({ recentSpotIds: z.array(idSchema).readonly() });

export const createRecentSpots = (options: { readonly path: string; readonly log: Log }): RecentSpots => {
  const { path, log } = options;
  const document = createJsonDocument({ path, schema, log });

  const read = async (): Promise<readonly string[]> => {
    try {
      return (await document.read())?.recentSpotIds ?? [];
    } catch (error) {
      log.warn('ads heard lately cannot be read', { error });
      return [];
    }
  };
  let ids = read();

  return {
    list: () => ids,
    async heard(spotId) {
      ids = ids.then((known) => [spotId, ...known.filter((id) => id !== spotId)].slice(0, REMEMBERED));
      try {
        await document.write({ recentSpotIds: await ids });
      } catch (error) {
        log.warn('ads heard lately cannot be kept', { error });
      }
    },
  };
};
