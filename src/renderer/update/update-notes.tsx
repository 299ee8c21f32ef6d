import type { ReactNode } from 'react';
import type { UpdateNotes as Notes } from '../../core/update/manifest.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { noteBlocks, type NoteBlock } from '../../core/update/note-blocks.ts';
import { currentLanguage } from '../i18n/i18n.ts';
import { useTexts } from '../i18n/use-texts.ts';
import styles from './update-settings.module.css';

/** Blocks have no name of their own and never move: their place is their key. */
const block = (each: NoteBlock, place: number): ReactNode => {
  switch (each.kind) {
    case 'heading':
      return (
        <h3 key={place} className={styles.notesPart}>
          {each.text}
        </h3>
      );
    case 'paragraph':
      return <p key={place}>{each.text}</p>;
    case 'list':
      return (
        <ul key={place}>
          {each.items.map((item, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- items never move, and two may say the same
            <li key={at}>{item}</li>
          ))}
        </ul>
      );
    default:
      return assertNever(each);
  }
};

/** What is new, in the listener's language. */
export function UpdateNotes({ version, notes }: { readonly version: string; readonly notes: Notes }) {
  const t = useTexts('update');
  return (
    <section className={styles.notes} aria-labelledby="update-notes">
      <h2 id="update-notes" className={styles.notesTitle}>
        {t('notes', { version })}
      </h2>
      {noteBlocks(notes[currentLanguage()]).map(block)}
    </section>
  );
}
