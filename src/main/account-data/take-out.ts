import { MOST_ARCHIVE_BYTES, type AccountDataApi, type TakenOut } from '../../contract/account-data.ts';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import type { HistoryApi, HistoryEntry } from '../../contract/history.ts';
import type { LibraryApi } from '../../contract/library.ts';
import { nameToType, type Account } from '../../contract/session.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import type { Clock } from '../ports.ts';
import {
  allPages,
  createListReader,
  fileNameOf,
  freeName,
  idsOn,
  PAGE,
  type ExportPorts,
} from '../exchange/export-files.ts';
import { writeCsv, writeTable } from '../exchange/formats/csv.ts';
import { writeJspf } from '../exchange/formats/jspf.ts';
import { writeM3u } from '../exchange/formats/m3u.ts';
import { createArchive, type Archive } from './archive.ts';
import { writeReadme, type ReadmeLanguage } from './readme.ts';
import { readServiceLibrary } from './service-library.ts';

export interface TakeOutOptions {
  readonly accountNow: () => Account;
  readonly library: ExportPorts['library'] & Pick<LibraryApi, 'albums' | 'artists'>;
  readonly playlists: ExportPorts['playlists'];
  readonly history: Pick<HistoryApi, 'page'>;
  /** They end when the account is closed. */
  readonly requests: Pick<ServiceRequests, 'open'>;
  readonly ports: { readonly clock: Pick<Clock, 'now'> };
}

const PLAYLIST_ENDINGS = ['jspf', 'm3u8'] as const;
/** Besides the playlists: the service's word, likes, albums, artists, plays. */
const OTHER_STEPS = 5;
/** Of plays read at a time. */
const PLAYS_AT_ONCE = 1000;

/** What can be left out so that the rest is not lost; a disk that fails or a host that closes ends all of it. */
const codeToGoOnWith = (error: unknown): HostErrorCode => {
  if (error instanceof HostFailure && error.code !== 'storage_failed' && error.code !== 'cancelled')
    return error.code;
  throw error;
};

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Everything of the account that is open, as one archive (`contract/account-data.ts`). Nothing is written anywhere. */
export const createTakeOut = (options: TakeOutOptions): AccountDataApi => {
  const { accountNow, library, history, requests, ports } = options;
  const lists = createListReader(options);
  let progress: { readonly done: number; readonly total: number } | null = null;

  const stepDone = (): void => {
    if (progress !== null) progress = { ...progress, done: progress.done + 1 };
  };

  const addPlaylists = async (archive: Archive, ids: readonly string[]): Promise<number> => {
    const taken = new Set<string>();
    let leftOut = 0;
    for (const id of ids) {
      try {
        const list = await lists.playlist(id);
        const name = `playlists/${freeName(taken, list.name, PLAYLIST_ENDINGS)}`;
        await archive.add(`${name}.jspf`, writeJspf(list));
        await archive.add(`${name}.m3u8`, writeM3u(list));
      } catch (error) {
        if (codeToGoOnWith(error) === 'limit_reached') throw error;
        leftOut += 1;
      }
      stepDone();
    }
    return leftOut;
  };

  const addLikes = async (archive: Archive): Promise<void> => {
    const liked = await lists.likedTracks();
    await archive.add('liked/tracks.csv', writeCsv([liked]));
    await archive.add('liked/tracks.jspf', writeJspf(liked));
    stepDone();
    const whole = { limit: PAGE, sort: 'saved', descending: true } as const;
    const albums = await allPages((offset) => library.albums({ ...whole, offset }));
    await archive.add(
      'liked/albums.csv',
      writeTable([
        ['Title', 'Artists', 'Added at', 'Id'],
        ...albums.map(({ id, savedAt, item }) => [
          item?.title ?? null,
          item?.artists.map(({ name }) => name).join('; ') ?? null,
          savedAt,
          id,
        ]),
      ]),
    );
    stepDone();
    const artists = await allPages((offset) => library.artists({ ...whole, offset }));
    await archive.add(
      'liked/artists.csv',
      writeTable([
        ['Name', 'Added at', 'Id'],
        ...artists.map(({ id, savedAt, item }) => [item?.name ?? null, savedAt, id]),
      ]),
    );
    stepDone();
  };

  const addPlays = async (archive: Archive): Promise<void> => {
    const plays: HistoryEntry[] = [];
    for (;;) {
      const page = await history.page({ offset: plays.length, limit: PLAYS_AT_ONCE });
      plays.push(...page);
      if (page.length < PLAYS_AT_ONCE) break;
    }
    await archive.add(
      'history.csv',
      writeTable([
        ['Played at', 'Heard (ms)', 'Title', 'Artists', 'Album', 'ISRC', 'Track id'],
        ...plays.map(({ playedAt, heardMs, track }) => [
          playedAt,
          String(heardMs),
          track.title,
          track.artists.map(({ name }) => name).join('; '),
          track.album.title,
          track.isrc ?? null,
          track.id,
        ]),
      ]),
    );
    stepDone();
  };

  /** Why it is not in there; null: it is. */
  const addServiceLibrary = async (archive: Archive): Promise<HostErrorCode | null> => {
    try {
      await archive.add('riffle-library.json', await readServiceLibrary(requests));
      return null;
    } catch (error) {
      const code = codeToGoOnWith(error);
      if (code === 'limit_reached') throw error;
      return code;
    } finally {
      stepDone();
    }
  };

  const takeOut = async (language: ReadmeLanguage): Promise<TakenOut> => {
    const account = accountNow();
    const { me, serviceName, serviceUrl } = account;
    const day = dayOf(ports.clock.now());
    const archive = createArchive(MOST_ARCHIVE_BYTES);
    const ids = idsOn(await library.shelf());
    progress = { done: 0, total: ids.length + OTHER_STEPS };
    const missing = await addServiceLibrary(archive);
    const facts = { id: me.id, name: me.name, tier: me.tier, serviceName, serviceUrl, takenOutOn: day };
    await archive.add('account.json', `${JSON.stringify(facts, null, 2)}\n`);
    const leftOut = await addPlaylists(archive, ids);
    await addLikes(archive);
    await addPlays(archive);
    const name = nameToType(account);
    const readme = { account: name, service: serviceName, day, hasServiceLibrary: missing === null, leftOut };
    await archive.add('README.txt', writeReadme(language, readme));
    return {
      file: {
        name: `riffle-${fileNameOf(name).replaceAll(' ', '-')}-${day}.zip`,
        contentType: 'application/zip',
        base64: archive.finish().toString('base64'),
      },
      missing,
      leftOut,
    };
  };

  return {
    async takeOut({ language }) {
      if (progress !== null) throw new HostFailure('forbidden', 'an archive is being made');
      progress = { done: 0, total: OTHER_STEPS };
      try {
        return await takeOut(language);
      } finally {
        progress = null;
      }
    },
    progress: async () => progress,
  };
};
