import { Share2 } from 'lucide-react';
import { i18n } from '../i18n/i18n.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { openShare, type Shareable } from './share-store.ts';

/** "Share …" in a menu. */
export const shareEntry = (what: Shareable): MenuEntry => ({
  kind: 'item',
  label: i18n.t('menu', { ns: 'share' }),
  icon: Share2,
  onSelect: () => openShare(what),
});

/** By whom, as the line that goes with a link says it. */
export const namesOf = (artists: readonly { readonly name: string }[]): string =>
  artists.map(({ name }) => name).join(', ');
