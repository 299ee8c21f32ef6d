import type { HostErrorCode } from '../../contract/host-error.ts';
import { formatCount } from '../i18n/format.ts';
import { i18n } from '../i18n/i18n.ts';
import { showToast } from '../ui/toast.ts';
import type { PlayerNotice } from './player-ports.ts';

const say = i18n.getFixedT(null, 'playback');

/** Why a track does not play, as a sentence. */
export const failureSentence = (code: HostErrorCode): string => i18n.t(`playback:why.${code}`);

const WAITS_FOR: Partial<Record<HostErrorCode, 'lease' | 'signIn'>> = {
  lease_over: 'lease',
  sign_in_required: 'signIn',
};

/** Says what the player wants known. `tryAgain` is what the button of the last word does. */
export const sayNotice = (notice: PlayerNotice, tryAgain: () => void): void => {
  switch (notice.kind) {
    case 'passed_over':
      showToast({
        tone: 'failed',
        text: say('skipped', { title: notice.track.title }),
        detail: failureSentence(notice.code),
      });
      break;
    case 'gave_up':
      showToast({
        tone: 'failed',
        text: say('gaveUp', { title: notice.track.title }),
        detail: failureSentence(notice.code),
        action: { label: say('tryAgain'), onSelect: tryAgain },
      });
      break;
    case 'waits':
      showToast({
        text: say(`waits.${WAITS_FOR[notice.code] ?? 'network'}`, { title: notice.track.title }),
        detail: say('waits.detail'),
        action: { label: say('tryAgain'), onSelect: tryAgain },
      });
      break;
    case 'went_on':
      showToast({
        text: say(notice.code === 'sign_in_required' ? 'wentOn.signedOut' : 'wentOn.passed', {
          count: notice.passed,
          formatted: formatCount(notice.passed),
        }),
        detail: say('wentOn.detail', { title: notice.track.title }),
      });
      break;
    case 'nothing_here':
      showToast({ text: say('nothingHere') });
      break;
    case 'after_ads':
      showToast({ text: say('ad.afterwards', { title: notice.track.title }) });
      break;
    case 'blocked':
      showToast({ text: say('blocked') });
      break;
    case 'not_saved':
      showToast({ tone: 'failed', text: say('notSaved') });
      break;
  }
};
