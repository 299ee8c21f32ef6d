/** The albums of this bench, published once; every lane reads them through a service of its own. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { publish } from '../../../tests/e2e/support/stack.ts';
import { copyAsTrack, encodeTone, type ToneFile } from '../../measuring/stand.ts';

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

/** The tracks of an album in order, asked of the service itself, past every link. */
export const tracksOf = async (serviceUrl: string, title: string): Promise<readonly PublishedTrack[]> => {
  const json = async (path: string): Promise<unknown> => (await fetch(`${serviceUrl}${path}`)).json();
  const albums = (await json('/v1/albums')) as {
    readonly items: { readonly id: string; readonly title: string }[];
  };
  const found = albums.items.find((album) => album.title === title);
  if (found === undefined) throw new Error(`no album is called ${title}`);
  const album = (await json(`/v1/albums/${found.id}`)) as {
    readonly discs: { readonly tracks: { readonly id: string }[] }[];
  };
  return Promise.all(
    album.discs
      .flatMap((disc) => disc.tracks)
      .map(async ({ id }) => {
        const media = (await json(`/v1/tracks/${id}/media`)) as {
          readonly url: string;
          readonly bytes: number;
        };
        return { id, path: new URL(media.url).pathname, bytes: media.bytes };
      }),
  );
};
