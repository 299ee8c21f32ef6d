import type { AdSpot } from '../../contract/ads-http.ts';
import { i18n } from '../i18n/i18n.ts';

/** `Ad: Hafenfest Duisburg`. */
export const adTitle = (spot: AdSpot): string => i18n.t('playback:ad.title', { sender: spot.sender });
