/** A queue of so many entries, as the app keeps it: handed to the host before the window opens. */
import { z } from 'zod';
import { trackSchema } from '../../../src/contract/catalog-http.ts';
import type { SavedQueue } from '../../../src/contract/playback-session.ts';

const albumsSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const albumSchema = z.object({ discs: z.array(z.object({ tracks: z.array(trackSchema) })) });

const getJson = async <Value>(url: string, schema: z.ZodType<Value>): Promise<Value> =>
  schema.parse(await (await fetch(url)).json());

/** Every track of the catalog, again and again: real ones, so that whatever is jumped to plays. */
export const longQueue = async (serviceUrl: string, entries: number): Promise<SavedQueue> => {
  const { items } = await getJson(`${serviceUrl}/v1/albums`, albumsSchema);
  const albums = await Promise.all(
    items.map(({ id }) => getJson(`${serviceUrl}/v1/albums/${id}`, albumSchema)),
  );
  const tracks = albums.flatMap(({ discs }) => discs.flatMap((disc) => disc.tracks));
  const all = Array.from({ length: entries }, (_, index) => {
    const track = tracks[index % tracks.length];
    if (track === undefined) throw new Error('the catalog is empty');
    return { entryId: `e${index}`, track };
  });
  const middle = Math.floor(entries / 2);
  return {
    version: 1,
    played: all.slice(0, middle),
    current: all[middle] ?? null,
    requested: [],
    upcoming: all.slice(middle + 1),
    naturalOrder: all.map(({ entryId }) => entryId),
    shuffle: false,
    shuffleSeed: 0,
    repeat: 'off',
    origin: { kind: 'tracks', id: null, title: 'Bench' },
  };
};
