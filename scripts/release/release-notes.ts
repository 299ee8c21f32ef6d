/** What is new, in plain words: `notes.en.md` and `notes.de.md`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UpdateNotes } from '../../src/core/update/manifest.ts';
import { ReleaseError } from './release-error.ts';

const HEADING = /^##\s+\[?v?([0-9][^\s\]]*)/;

/**
 * Of a file with headings `## 0.2.0`, what stands under the one of this version; the whole of a file without such headings. Null when
 * the version is not in it, or nothing is said of it.
 */
export const notesOf = (text: string, version: string): string | null => {
  const lines = text.split(/\r?\n/);
  const headings = lines.flatMap((line, at) => {
    const [, named] = HEADING.exec(line) ?? [];
    return named === undefined ? [] : [{ named, at }];
  });
  const place = headings.findIndex(({ named }) => named === version);
  if (headings.length > 0 && place < 0) return null;
  const [first, last] =
    headings.length === 0 ? [0, undefined] : [(headings[place]?.at ?? 0) + 1, headings[place + 1]?.at];
  const notes = lines.slice(first, last).join('\n').trim();
  return notes === '' ? null : notes;
};

/** Throws a `ReleaseError` when a language is missing. */
export const readNotes = async (folder: string, version: string): Promise<UpdateNotes> => {
  const read = async (language: 'en' | 'de'): Promise<string> => {
    const name = `notes.${language}.md`;
    const hint = `Write what is new into ${name}, under "## ${version}" or alone: listeners read it before they update.`;
    let text: string;
    try {
      text = await readFile(join(folder, name), 'utf8');
    } catch (error) {
      throw new ReleaseError(`There is no ${name} in ${folder}.`, hint, { cause: error });
    }
    const notes = notesOf(text, version);
    if (notes === null) throw new ReleaseError(`${name} says nothing of ${version}.`, hint);
    return notes;
  };
  return { en: await read('en'), de: await read('de') };
};
