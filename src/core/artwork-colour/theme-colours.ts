import { NEUTRAL_COLOURS, type ColourToken, type ThemeColours, type ThemeName } from './neutral-colours.ts';
import { contrastOf, hexOf, inkOfHex, type Ink } from './oklch.ts';
import type { CoverPalette } from './palette.ts';

/**
 * Where the colours come from: a cover's palette, a cover without colour (the accent is then the text colour: a look,
 * not a failure), or no cover at all (copper).
 */
export type ColourSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'grey' }
  | { readonly kind: 'palette'; readonly palette: CoverPalette };

/** The surfaces on which text and accent may lie. */
export const SURFACES = ['base', 'page', 'raise', 'menu', 'hover', 'press'] as const satisfies ColourToken[];

/** Take the ground's hue and a stronger or weaker share of their own chroma. */
const TINTED = [
  ...SURFACES,
  'line',
  'line2',
  'control',
  'wave',
  'skel',
] as const satisfies readonly ColourToken[];
/** Take the ground's hue alone. */
const HUED = ['text', 'text2', 'text3', 'focus'] as const satisfies readonly ColourToken[];

interface Rules {
  readonly dark: boolean;
  readonly startLightness: number;
  readonly step: number;
  readonly hoverStep: number;
  readonly washLightness: number;
  readonly washChroma: number;
  readonly field: { readonly lightness: number; readonly chroma: number };
  readonly field2: { readonly lightness: number; readonly chromaShare: number };
  readonly tint: (groundChroma: number) => number;
}

const DARK: Rules = {
  dark: true,
  startLightness: 0.78,
  step: 0.005,
  hoverStep: 0.05,
  washLightness: 0.272,
  washChroma: 0.18,
  field: { lightness: 0.262, chroma: 0.062 },
  field2: { lightness: 0.2, chromaShare: 0.76 },
  tint: (chroma) => Math.min(2.4, 1 + 16 * chroma),
};
const LIGHT: Rules = {
  dark: false,
  startLightness: 0.54,
  step: -0.005,
  hoverStep: -0.06,
  washLightness: 0.935,
  washChroma: 0.16,
  field: { lightness: 0.93, chroma: 0.04 },
  field2: { lightness: 0.965, chromaShare: 0.41 },
  tint: (chroma) => Math.min(1.25, 0.6 + 8 * chroma),
};

const ACCENT_CHROMA = { least: 0.08, most: 0.15 };

const isHighContrast = (theme: ThemeName): boolean =>
  theme === 'highContrastDark' || theme === 'highContrastLight';
const rulesOf = (theme: ThemeName): Rules =>
  theme === 'dark' || theme === 'highContrastDark' ? DARK : LIGHT;

/** The lowest contrast a text or accent colour may have on any surface of the theme. */
export const minimumContrast = (theme: ThemeName): number => (isHighContrast(theme) ? 7 : 4.5);

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The ground's hue on every surface, lightness unchanged so that the contrast holds (rule 6). */
function tintedSurfaces(ground: Ink, theme: ThemeName): ThemeColours {
  const neutral = NEUTRAL_COLOURS[theme];
  const share = rulesOf(theme).tint(ground.chroma);
  const shifted = (token: ColourToken, factor: number): string => {
    const own = inkOfHex(neutral[token]);
    return hexOf({ lightness: own.lightness, chroma: own.chroma * factor, hue: ground.hue });
  };
  const tinted = TINTED.map((token) => [token, shifted(token, share)] as const);
  const hued = HUED.map((token) => [token, shifted(token, 1)] as const);
  return { ...neutral, ...Object.fromEntries([...tinted, ...hued]) };
}

/** The accent's lightness is moved until it can be read on every surface (rule 4). */
function readableAccent(spark: Ink, surfaces: ThemeColours, theme: ThemeName): Ink {
  const { startLightness, step } = rulesOf(theme);
  const needed = minimumContrast(theme);
  const chroma = clamp(spark.chroma, ACCENT_CHROMA.least, ACCENT_CHROMA.most);
  const steps = 200;
  for (let index = 0; index < steps; index += 1) {
    const ink = { lightness: clamp(startLightness + index * step, 0, 1), chroma, hue: spark.hue };
    const hex = hexOf(ink);
    if (SURFACES.every((surface) => contrastOf(hex, surfaces[surface]) >= needed)) return ink;
  }
  return inkOfHex(surfaces.text);
}

/** Ink of the accent's own hue, or white: whichever is easier to read on it (rule 5). */
function onAccentOf(accent: string, hue: number, theme: ThemeName): string {
  const ink = isHighContrast(theme) ? '#000000' : hexOf({ lightness: 0.17, chroma: 0.02, hue });
  return contrastOf(ink, accent) > contrastOf('#ffffff', accent) ? ink : '#ffffff';
}

function accentColours(
  accent: Ink,
  surfaces: ThemeColours,
  theme: ThemeName,
): Pick<ThemeColours, 'accent' | 'accentHover' | 'accentWash' | 'onAccent'> {
  const rules = rulesOf(theme);
  const hex = hexOf(accent);
  const onAccent = onAccentOf(hex, accent.hue, theme);
  if (isHighContrast(theme)) {
    return { accent: hex, onAccent, accentHover: hex, accentWash: surfaces.accentWash };
  }
  const hover = clamp(accent.lightness + rules.hoverStep, 0, 1);
  return {
    accent: hex,
    onAccent,
    accentHover: hexOf({ ...accent, lightness: hover }),
    accentWash: hexOf({
      lightness: rules.washLightness,
      chroma: accent.chroma * rules.washChroma,
      hue: accent.hue,
    }),
  };
}

function fieldColours(ground: Ink, theme: ThemeName): Pick<ThemeColours, 'field' | 'field2'> {
  const { field, field2 } = rulesOf(theme);
  const chroma = Math.min(ground.chroma, field.chroma);
  return {
    field: hexOf({ lightness: field.lightness, chroma, hue: ground.hue }),
    field2: hexOf({ lightness: field2.lightness, chroma: chroma * field2.chromaShare, hue: ground.hue }),
  };
}

/**
 * All colours of the window for a source and a theme. Text and accent keep
 * {@link minimumContrast} on every one of {@link SURFACES}; in high contrast no surface is ever tinted.
 */
export function themeColours(source: ColourSource, theme: ThemeName): ThemeColours {
  const neutral = NEUTRAL_COLOURS[theme];
  switch (source.kind) {
    case 'none':
      return neutral;
    case 'grey':
      return { ...neutral, ...accentColours(inkOfHex(neutral.text), neutral, theme) };
    case 'palette': {
      const { ground, spark } = source.palette;
      const highContrast = isHighContrast(theme);
      const surfaces = highContrast ? neutral : tintedSurfaces(ground, theme);
      const accent = accentColours(readableAccent(spark, surfaces, theme), surfaces, theme);
      return { ...surfaces, ...accent, ...(highContrast ? {} : fieldColours(ground, theme)) };
    }
  }
}
