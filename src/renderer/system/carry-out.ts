import type { AppAction, AppCommand } from '../../contract/app-commands.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import type { DeepLink, LinkPage } from '../../core/links/deep-link.ts';
import { albumPath, artistPath, computerPath } from '../browse/paths.ts';
import { playlistPath } from '../library/library-paths.ts';
import { NOW_PLAYING_PATH } from '../now-playing/paths.ts';
import type { Player } from '../playback/player-core.ts';
import { searchPath } from '../search/search-address.ts';
import type { ActionName } from '../shortcuts/actions.ts';

/** What a person is told of a file that was not opened. */
export interface OpenedNotice {
  readonly kind: 'file_failed';
  readonly name: string;
  readonly reason: Extract<AppCommand, { kind: 'import_failed' }>['reason'];
}

export interface CommandPorts {
  readonly player: Pick<Player, 'resume' | 'pause' | 'next' | 'previous'>;
  readonly navigate: (path: string) => void;
  readonly runAction: (name: ActionName) => void;
  readonly toggleMiniPlayer: () => Promise<void>;
  readonly openTrack: (link: Extract<DeepLink, { kind: 'track' }>) => Promise<void>;
  /** By the id of the sharing. */
  readonly openShared: (shareId: string) => void;
  /** Asks whether to join: a link alone makes nobody a member. */
  readonly askToJoin: (code: string) => void;
  readonly importFile: (
    file: Pick<Extract<AppCommand, { kind: 'import' }>, 'fileName' | 'text'>,
  ) => Promise<void>;
  readonly say: (notice: OpenedNotice) => void;
}

const PAGES: Readonly<Record<LinkPage, string>> = {
  home: '/',
  search: searchPath({ text: '', kind: null, exact: false }),
  albums: '/albums',
  artists: '/artists',
  genres: '/genres',
  computer: computerPath(),
  history: '/history',
  'now-playing': NOW_PLAYING_PATH,
  settings: '/settings',
};

const ACTIONS: Readonly<Record<Exclude<AppAction, 'mini_player'>, ActionName>> = {
  back: 'frame.back',
  forward: 'frame.forward',
  search: 'frame.search',
  find: 'page.find',
  now_playing: 'playback.nowPlaying',
  queue: 'playback.queue',
  lyrics: 'playback.lyrics',
  shuffle: 'playback.shuffle',
  repeat: 'playback.repeat',
  volume_up: 'playback.volumeUp',
  volume_down: 'playback.volumeDown',
  mute: 'playback.mute',
  shortcuts: 'shortcuts.list',
};

const openLink = async (link: DeepLink, ports: CommandPorts): Promise<void> => {
  const { navigate, openTrack, openShared, askToJoin } = ports;
  switch (link.kind) {
    case 'track':
      return openTrack(link);
    case 'album':
      return navigate(albumPath(link.id));
    case 'artist':
      return navigate(artistPath(link.id));
    case 'search':
      return navigate(searchPath({ text: link.query, kind: null, exact: false }));
    case 'page':
      return navigate(PAGES[link.page]);
    case 'playlist':
      return navigate(playlistPath(link.id));
    case 'share':
      return openShared(link.id);
    case 'join':
      return askToJoin(link.code);
    default:
      return assertNever(link);
  }
};

/** Does one thing that the system asks of the window. */
export const carryOut = async (command: AppCommand, ports: CommandPorts): Promise<void> => {
  const { player, say } = ports;
  switch (command.kind) {
    case 'play':
      return player.resume();
    case 'pause':
      return player.pause();
    case 'next':
      return player.next();
    case 'previous':
      return player.previous();
    case 'open':
      return openLink(command.link, ports);
    case 'do':
      if (command.action === 'mini_player') return ports.toggleMiniPlayer();
      return ports.runAction(ACTIONS[command.action]);
    case 'import':
      return ports.importFile(command);
    case 'import_failed':
      return say({ kind: 'file_failed', name: command.fileName, reason: command.reason });
    default:
      return assertNever(command);
  }
};
