import { assertNever } from '../../../core/playback/assert-never.ts';
import { i18n } from '../../i18n/i18n.ts';
import { showToast } from '../../ui/toast.ts';
import type { SoundNotice } from './sound-core.ts';

const say = i18n.getFixedT(null, 'sound');

/** Says what became of the sound without anybody having asked for it. */
export const saySoundNotice = (notice: SoundNotice, takeBack: () => void): void => {
  switch (notice.kind) {
    case 'output_lost':
      showToast({
        text: notice.label === null ? say('lostUnnamed') : say('lost', { device: notice.label }),
        detail: say('lostDetail'),
      });
      break;
    case 'output_back':
      showToast({
        text: say('back', { device: notice.label }),
        action: { label: say('takeBack'), onSelect: takeBack },
      });
      break;
    case 'output_refused':
      showToast({
        tone: 'failed',
        text: say('refused', { device: notice.label }),
        detail: say('lostDetail'),
      });
      break;
    case 'equaliser_not_kept':
      showToast({ tone: 'failed', text: say('notKept') });
      break;
    default:
      assertNever(notice);
  }
};
