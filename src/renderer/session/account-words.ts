import type { Account } from '../../contract/session.ts';

/** What an account is called: by its listener's name where there is one, else by its service. */
export const accountName = ({ isPersonal, me, serviceName }: Account): string =>
  (isPersonal ? me.name : null) ?? serviceName;

/** As written in an address bar: `https://music.example` → `music.example`. */
export const shortAddress = (serviceUrl: string): string => serviceUrl.replace(/^https?:\/\//, '');

/** The first letters of the first and the last word, whole as a reader sees them: `NK`, `Ö`. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = new Intl.Segmenter();
  return ends.map((word = '') => [...letters.segment(word)][0]?.segment.toUpperCase() ?? '').join('');
}
