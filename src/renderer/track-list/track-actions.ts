import type { Track } from '../../contract/catalog-http.ts';
import { formatCount } from '../i18n/format.ts';
import { i18n } from '../i18n/i18n.ts';
import { player } from '../playback/player.ts';
import { showToast } from '../ui/toast.ts';

const saySo = (key: 'playNext' | 'queued', tracks: readonly Track[]): void => {
  const [first] = tracks;
  if (first === undefined) return;
  const text = i18n.t(`toast.${key}`, {
    ns: 'trackList',
    count: tracks.length,
    formatted: formatCount(tracks.length),
    title: first.title,
  });
  showToast({ tone: 'done', text });
};

/** "Play next" everywhere: the tracks go before the rest, and a line says so. */
export const playTracksNext = (tracks: readonly Track[]): void => {
  player.playNext(tracks);
  saySo('playNext', tracks);
};

/** "Add to queue" everywhere. */
export const addTracksToQueue = (tracks: readonly Track[]): void => {
  player.addToQueue(tracks);
  saySo('queued', tracks);
};

/** Puts a title on the clipboard and says what came of it; a browser may refuse. */
export const copyTitle = (title: string): void => {
  navigator.clipboard.writeText(title).then(
    () => showToast({ tone: 'done', text: i18n.t('toast.copied', { ns: 'trackList' }) }),
    () => showToast({ tone: 'failed', text: i18n.t('toast.notCopied', { ns: 'trackList' }) }),
  );
};
