import { de as browseDe, en as browseEn } from '../browse/texts.ts';
import { de as exchangeDe, en as exchangeEn } from '../exchange/texts.ts';
import { de as frameDe, en as frameEn } from '../frame/texts.ts';
import { de as libraryDe, en as libraryEn } from '../library/texts.ts';
import { de as privacyDe, en as privacyEn } from '../privacy/texts.ts';
import { de as nowPlayingDe, en as nowPlayingEn } from '../now-playing/texts.ts';
import { de as offlineDe, en as offlineEn } from '../offline/texts.ts';
import { de as soundDe, en as soundEn } from '../playback/sound/texts.ts';
import { de as playbackDe, en as playbackEn } from '../playback/texts.ts';
import { de as reportsDe, en as reportsEn } from '../reports/texts.ts';
import { de as playlistsDe, en as playlistsEn } from '../playlists/texts.ts';
import { de as searchDe, en as searchEn } from '../search/texts.ts';
import { de as sessionDe, en as sessionEn } from '../session/texts.ts';
import { de as settingsDe, en as settingsEn } from '../settings/texts.ts';
import { de as shareDe, en as shareEn } from '../share/texts.ts';
import { de as shortcutsDe, en as shortcutsEn } from '../shortcuts/texts.ts';
import { de as statusDe, en as statusEn } from '../status/texts.ts';
import { de as systemDe, en as systemEn } from '../system/texts.ts';
import { de as trackListDe, en as trackListEn } from '../track-list/texts.ts';
import { de as updateDe, en as updateEn } from '../update/texts.ts';
import { de as uiDe, en as uiEn } from '../ui/texts.ts';

/** Every text of the window: language → concern → key. A concern's texts live in its own folder. */
export const resources = {
  en: {
    ui: uiEn,
    exchange: exchangeEn,
    frame: frameEn,
    session: sessionEn,
    settings: settingsEn,
    status: statusEn,
    share: shareEn,
    shortcuts: shortcutsEn,
    browse: browseEn,
    search: searchEn,
    trackList: trackListEn,
    system: systemEn,
    update: updateEn,
    reports: reportsEn,
    playlists: playlistsEn,
    playback: playbackEn,
    sound: soundEn,
    offline: offlineEn,
    nowPlaying: nowPlayingEn,
    library: libraryEn,
    privacy: privacyEn,
  },
  de: {
    ui: uiDe,
    exchange: exchangeDe,
    frame: frameDe,
    session: sessionDe,
    settings: settingsDe,
    status: statusDe,
    share: shareDe,
    shortcuts: shortcutsDe,
    browse: browseDe,
    search: searchDe,
    trackList: trackListDe,
    system: systemDe,
    update: updateDe,
    reports: reportsDe,
    playlists: playlistsDe,
    playback: playbackDe,
    sound: soundDe,
    offline: offlineDe,
    nowPlaying: nowPlayingDe,
    library: libraryDe,
    privacy: privacyDe,
  },
} as const;

export type TextConcern = keyof (typeof resources)['en'];
