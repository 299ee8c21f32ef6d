import { reportFailure } from '../../report-failure.ts';
import { changeSettings, settingsStore } from '../../settings/settings-store.ts';
import { saySoundNotice } from './say-sound-notice.ts';
import { createSound, type Sound } from './sound-core.ts';
import { soundStore } from './sound-store.ts';

/** Browsers keep their devices to pages from secure places; jsdom has no such thing. */
const devicesHere = (): MediaDevices | null =>
  typeof navigator !== 'undefined' && 'mediaDevices' in navigator ? navigator.mediaDevices : null;

/** How the window's sound is shaped and where it comes out. Does nothing until it is started or opened. */
export const sound: Sound = createSound({
  settings: settingsStore,
  keep: changeSettings,
  devices: devicesHere(),
  store: soundStore,
  notify: (notice) => saySoundNotice(notice, () => sound.takeBackOutput()),
  onFailed: reportFailure,
});
