/** Every colour of the window, by token; `#rrggbb`. */
export interface ThemeColours {
  readonly base: string;
  readonly page: string;
  readonly raise: string;
  readonly menu: string;
  readonly hover: string;
  readonly press: string;
  readonly line: string;
  readonly line2: string;
  readonly control: string;
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  readonly wave: string;
  readonly skel: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly accentHover: string;
  readonly accentWash: string;
  readonly danger: string;
  readonly warn: string;
  readonly ok: string;
  readonly focus: string;
  readonly field: string;
  readonly field2: string;
}
export type ColourToken = keyof ThemeColours;

export type ThemeName = 'dark' | 'light' | 'highContrastDark' | 'highContrastLight';

/** The window without artwork: copper on a neutral ground. `renderer/theme/tokens.css` holds the same values. */
export const NEUTRAL_COLOURS: Readonly<Record<ThemeName, ThemeColours>> = {
  dark: {
    base: '#0e1213',
    page: '#14191a',
    raise: '#1c2122',
    menu: '#212527',
    hover: '#1d2223',
    press: '#2b3031',
    line: '#272c2e',
    line2: '#3d4243',
    control: '#777d7f',
    text: '#eaf0f1',
    text2: '#b1b9bb',
    text3: '#959fa1',
    wave: '#6d7577',
    skel: '#1f2425',
    accent: '#fc9c65',
    onAccent: '#170d08',
    accentHover: '#feb48b',
    accentWash: '#31241c',
    danger: '#ff8f80',
    warn: '#f2c14e',
    ok: '#7fd1a0',
    focus: '#eaf0f1',
    field: '#1c2729',
    field2: '#101719',
  },
  light: {
    base: '#e8eced',
    page: '#f8fafb',
    raise: '#ffffff',
    menu: '#ffffff',
    hover: '#edf1f2',
    press: '#dfe5e7',
    line: '#d8dddf',
    line2: '#bfc5c7',
    control: '#747c7e',
    text: '#121a1c',
    text2: '#3f4a4c',
    text3: '#576164',
    wave: '#7c8688',
    skel: '#e3e7e8',
    accent: '#a44c07',
    onAccent: '#ffffff',
    accentHover: '#8c3e00',
    accentWash: '#f6e6dd',
    danger: '#b3261e',
    warn: '#815600',
    ok: '#1d6b42',
    focus: '#121a1c',
    field: '#e2e9eb',
    field2: '#e9f6fa',
  },
  highContrastDark: {
    base: '#000000',
    page: '#000000',
    raise: '#0b0f10',
    menu: '#12181a',
    hover: '#1b2325',
    press: '#273134',
    line: '#8fa0a3',
    line2: '#a9b7b9',
    control: '#c9d3d4',
    text: '#ffffff',
    text2: '#e3e9e9',
    text3: '#c3cccd',
    wave: '#8fa0a3',
    skel: '#1b2325',
    accent: '#ffa97a',
    onAccent: '#000000',
    accentHover: '#ffa97a',
    accentWash: '#273134',
    danger: '#ffb3a8',
    warn: '#ffd666',
    ok: '#9fe8be',
    focus: '#ffd84d',
    field: '#000000',
    field2: '#000000',
  },
  highContrastLight: {
    base: '#ffffff',
    page: '#ffffff',
    raise: '#ffffff',
    menu: '#ffffff',
    hover: '#eef2f2',
    press: '#dde4e5',
    line: '#5c6668',
    line2: '#4a5456',
    control: '#2b3436',
    text: '#000000',
    text2: '#1d2426',
    text3: '#353e40',
    wave: '#5c6668',
    skel: '#dde4e5',
    accent: '#793500',
    onAccent: '#ffffff',
    accentHover: '#793500',
    accentWash: '#dde4e5',
    danger: '#8c0f08',
    warn: '#5c3c00',
    ok: '#0b4a2a',
    focus: '#0033cc',
    field: '#ffffff',
    field2: '#ffffff',
  },
};
