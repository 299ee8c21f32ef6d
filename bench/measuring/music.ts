/** The albums of this bench, published once; every lane reads them through a service of its own. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { publish } from '../../tests/e2e/support/stack.ts';
import { copyAsTrack, encodeTone, type ToneFile } from './stand.ts';

export interface AlbumPlan {
  readonly title: string;
  readonly tracks: number;
  readonly tone: ToneFile;
}

/** Encodes one track of each album, copies it under other titles, and publishes them all. */
export const publishAlbums = async (
  folder: string,
  storeFolder: string,
  albums: readonly AlbumPlan[],
): Promise<void> => {
  const library = join(folder, 'library');
  for (const { title, tracks, tone } of albums) {
    const source = await encodeTone(join(folder, `${title} (${tone.format})`), tone);
    const extension = source.slice(source.lastIndexOf('.'));
    const albumFolder = join(library, 'Bench', title);
    await mkdir(albumFolder, { recursive: true });
    for (let number = 1; number <= tracks; number += 1) {
      const name = `${title} ${String(number).padStart(3, '0')}`;
      const target = join(albumFolder, `${String(number).padStart(3, '0')} - ${name}${extension}`);
      await copyAsTrack(source, target, tone.format, { album: title, title: name, number });
    }
  }
  await publish(library, { location: storeFolder }, ['--no-analysis']);
};

export interface PublishedTrack {
  readonly id: string;
  /** Where the edge has it, without its signature. */
  readonly path: string;
  readonly bytes: number;
}

export interface PublishedAlbum {
  readonly id: string;
  readonly tracks: readonly PublishedTrack[];
}

const listSchema = z.object({ items: z.array(z.object({ id: z.string(), title: z.string() })) });
const albumSchema = z.object({
  discs: z.array(z.object({ tracks: z.array(z.object({ id: z.string() })) })),
});
const mediaSchema = z.object({ url: z.string(), bytes: z.number() });

const json = async <Value>(url: string, schema: z.ZodType<Value>): Promise<Value> =>
  schema.parse(await (await fetch(url)).json());

/** A signed address of a track's audio. */
export const addressOf = async (serviceUrl: string, trackId: string): Promise<string> =>
  (await json(`${serviceUrl}/v1/tracks/${trackId}/media`, mediaSchema)).url;

/** An album and its tracks in order, asked of the service itself, past every link. */
export const albumOf = async (serviceUrl: string, title: string): Promise<PublishedAlbum> => {
  const { items } = await json(`${serviceUrl}/v1/albums`, listSchema);
  const found = items.find((album) => album.title === title);
  if (found === undefined) throw new Error(`no album is called ${title}`);
  const { discs } = await json(`${serviceUrl}/v1/albums/${found.id}`, albumSchema);
  const tracks = discs
    .flatMap((disc) => disc.tracks)
    .map(async ({ id }) => {
      const media = await json(`${serviceUrl}/v1/tracks/${id}/media`, mediaSchema);
      return { id, path: new URL(media.url).pathname, bytes: media.bytes };
    });
  return { id: found.id, tracks: await Promise.all(tracks) };
};
