import type { ThemeName } from '../../core/artwork-colour/neutral-colours.ts';
import type { Settings } from '../../contract/settings.ts';

/** What the system asks for. */
export interface SystemLook {
  readonly dark: boolean;
  readonly moreContrast: boolean;
}

/** The theme for a setting and a system. */
export function themeFor(settings: Pick<Settings, 'theme' | 'contrast'>, system: SystemLook): ThemeName {
  const dark = settings.theme === 'system' ? system.dark : settings.theme === 'dark';
  const more = settings.contrast === 'system' ? system.moreContrast : settings.contrast === 'more';
  if (more) return dark ? 'highContrastDark' : 'highContrastLight';
  return dark ? 'dark' : 'light';
}

const darkQuery = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');
const contrastQuery = (): MediaQueryList => window.matchMedia('(prefers-contrast: more)');

export const systemLook = (): SystemLook => ({
  dark: darkQuery().matches,
  moreContrast: contrastQuery().matches,
});

/** Calls back whenever the system changes its mind. */
export function onSystemLookChange(listener: () => void): () => void {
  const queries = [darkQuery(), contrastQuery()];
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}
