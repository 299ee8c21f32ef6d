import { useTexts } from '../i18n/use-texts.ts';
import { chordText, type KeyNames } from '../shortcuts/chord.ts';
import styles from './key-hint.module.css';

/** The names of keys in the listener's language. */
export function useKeyNames(): KeyNames {
  const t = useTexts('ui');
  return {
    control: t('keys.control'),
    shift: t('keys.shift'),
    alt: t('keys.alt'),
    space: t('keys.space'),
    delete: t('keys.delete'),
    escape: t('keys.escape'),
    enter: t('keys.enter'),
  };
}

/** A chord as text for this system and language. */
export function useChordText(chord: string): string {
  return chordText(chord, useKeyNames());
}

/** A key, outlined: `⌘K`, `Strg K`. `bare` leaves out the outline, as menus do. */
export function KeyHint({ chord, bare = false }: { readonly chord: string; readonly bare?: boolean }) {
  return <kbd className={bare ? styles.bare : styles.key}>{useChordText(chord)}</kbd>;
}
