import type { AppCommand } from '../../contract/app-commands.ts';
import type { NowPlaying } from '../../contract/system.ts';
import type { GlyphName } from './glyphs.ts';
import type { SystemTexts } from './texts.ts';

export interface TransportKey {
  readonly glyph: Exclude<GlyphName, 'mark'>;
  readonly label: string;
  readonly command: AppCommand;
  readonly isEnabled: boolean;
}

/** The three keys of a player wherever the system shows them: menus, tray, buttons at the task bar. */
export const transportKeys = (
  now: NowPlaying | null,
  texts: SystemTexts,
): readonly [previous: TransportKey, toggle: TransportKey, next: TransportKey] => {
  const canSkip = now?.canSkip === true;
  const isPlaying = now?.isPlaying === true;
  return [
    { glyph: 'previous', label: texts.previous, command: { kind: 'previous' }, isEnabled: canSkip },
    isPlaying
      ? { glyph: 'pause', label: texts.pause, command: { kind: 'pause' }, isEnabled: true }
      : { glyph: 'play', label: texts.play, command: { kind: 'play' }, isEnabled: now !== null },
    { glyph: 'next', label: texts.next, command: { kind: 'next' }, isEnabled: canSkip },
  ];
};

const LONGEST_LINE = 60;

/** "Title – Artists" in one line of a menu or a hint; null in silence. */
export const playingLine = (now: NowPlaying | null): string | null => {
  if (now === null) return null;
  const line = [now.title, now.artists].filter((part) => part !== '').join(' – ');
  const letters = [...line];
  return letters.length <= LONGEST_LINE
    ? line
    : `${letters
        .slice(0, LONGEST_LINE - 1)
        .join('')
        .trimEnd()}…`;
};
