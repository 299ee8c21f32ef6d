import { navigate } from 'wouter/use-browser-location';
import { wantsSound } from '../../core/playback/playback-state.ts';
import { albumQuery } from '../browse/catalog-queries.ts';
import { importFiles } from '../exchange/import-files.ts';
import { host, shell, subscribe } from '../host/host-client.ts';
import { queryClient } from '../host/queries.ts';
import { i18n } from '../i18n/i18n.ts';
import { toggleMiniPlayer } from '../now-playing/mini-window.ts';
import { adTitle } from '../playback/ad-words.ts';
import { player } from '../playback/player.ts';
import { failureSentence } from '../playback/say-notice.ts';
import { shown } from '../playback/shown-playback.ts';
import { openJoinPlaylist } from '../playlists/join-dialog.tsx';
import { showShared } from '../playlists/shared-store.ts';
import { reportFailure } from '../report-failure.ts';
import { runAction } from '../shortcuts/registry.ts';
import { showToast } from '../ui/toast.ts';
import { carryOut, type CommandPorts, type OpenedNotice } from './carry-out.ts';
import { openTrack, type OpenTrackPorts } from './open-track.ts';
import { reportNowPlaying } from './report-now-playing.ts';
import { takeCommands } from './take-commands.ts';

const text = i18n.getFixedT(null, 'system');

const say = ({ name, reason }: OpenedNotice): void =>
  showToast({
    tone: 'failed',
    text: text('fileFailed.title', { name }),
    detail: text(`fileFailed.${reason}`),
  });

const trackPorts: OpenTrackPorts = {
  track: (id) => host.catalog.track({ id }),
  album: (id) => queryClient.fetchQuery(albumQuery(id)),
  player,
  isPlaying: () => wantsSound(shown.playback.getState().state),
  navigate,
  offer: ({ title }, play) =>
    showToast({
      text: text('track.found', { title }),
      detail: text('track.detail'),
      action: { label: text('track.play'), onSelect: play },
    }),
  failed: (code) =>
    showToast(
      code === 'not_found'
        ? { tone: 'failed', text: text('track.notFound') }
        : { tone: 'failed', text: text('track.failed'), detail: failureSentence(code) },
    ),
};

const commandPorts: CommandPorts = {
  player,
  navigate,
  runAction: (name) => void runAction(name),
  toggleMiniPlayer: () => toggleMiniPlayer(i18n.t('nowPlaying:mini')),
  openTrack: (link) => openTrack(link, trackPorts),
  openShared: (shareId) => showShared(shareId, navigate),
  askToJoin: openJoinPlaylist,
  importFile: ({ fileName, text: content }) => importFiles([new File([content], fileName)]),
  say,
};

/** Ties the window to the system around it, once there is an account: what it asks is done, and it is told what plays. */
export const startSystem = (): void => {
  takeCommands({
    waiting: () => host.system.commands(),
    subscribe: (listener) => subscribe('commands', listener),
    took: (request) => host.system.took(request),
    carryOut: (command) => carryOut(command, commandPorts),
    onFailure: reportFailure,
  });
  // A browser has nothing around it that would show it.
  if (shell() !== 'electron') return;
  reportNowPlaying({
    playback: shown.playback,
    adTitle,
    tell: (playing) => void host.system.nowPlaying({ playing }).catch(reportFailure),
  });
};
