/** The look of the public pages: the app's colours, drawn from the cover as the app draws them, and its faces where the system has them. */
import { createHash } from 'node:crypto';
import { themeColours, type ColourSource } from '../../core/artwork-colour/theme-colours.ts';
import type { ColourToken, ThemeName } from '../../core/artwork-colour/neutral-colours.ts';
import type { Artwork } from '../../contract/catalog-http.ts';

const TOKENS = [
  'page',
  'raise',
  'hover',
  'line',
  'control',
  'text',
  'text2',
  'text3',
  'accent',
  'accentHover',
  'onAccent',
  'focus',
  'skel',
] as const satisfies readonly ColourToken[];

const sourceOf = (artwork: Artwork | null): ColourSource => {
  if (artwork === null) return { kind: 'none' };
  return artwork.palette === null ? { kind: 'grey' } : { kind: 'palette', palette: artwork.palette };
};

const declared = (source: ColourSource, light: ThemeName, dark: ThemeName): string => {
  const [inLight, inDark] = [themeColours(source, light), themeColours(source, dark)];
  return TOKENS.map((token) => `--${token}:light-dark(${inLight[token]},${inDark[token]})`).join(';');
};

/** For `theme-color`: what a phone paints around the page. */
export const pageColours = (artwork: Artwork | null): { readonly light: string; readonly dark: string } => ({
  light: themeColours(sourceOf(artwork), 'light').page,
  dark: themeColours(sourceOf(artwork), 'dark').page,
});

const FACES = `--sleeve:'Archivo Variable',Archivo,'Archivo Narrow','Arial Narrow','Roboto Condensed','Helvetica Neue','Liberation Sans Narrow',system-ui,sans-serif;--body:'Archivo Variable',Archivo,system-ui,sans-serif;--words:'Newsreader Variable',Newsreader,ui-serif,Georgia,serif`;

const COMMON = `*,*::before,*::after{box-sizing:border-box}
html{font:400 100%/1.5 var(--body);background:var(--page);color:var(--text);font-variant-numeric:tabular-nums lining-nums;-webkit-text-size-adjust:100%}
body{margin:0}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--control);text-underline-offset:.2em;text-decoration-thickness:1px}
a:hover{text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:2px}
h1{margin:0;font:640 3rem/.98 var(--sleeve);font-stretch:62%;letter-spacing:-.012em;text-wrap:balance;overflow-wrap:anywhere;hyphens:manual;padding-bottom:.08em}
h2{margin:2.25rem 0 .5rem;font:600 1.0625rem/1.4 var(--body);font-stretch:88%}
p{margin:0}
.cover{display:block;width:100%;height:auto;aspect-ratio:1;object-fit:cover;border-radius:2px;background:var(--skel)}
.round{border-radius:50%}
.people{color:var(--text2);font-size:1.125rem;overflow-wrap:anywhere}
.facts{color:var(--text3);font-size:.875rem}
.button{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.5rem 1.25rem;font:600 1rem/1.3 var(--body);text-align:center;text-decoration:none;border:1px solid var(--control);border-radius:6px}
.button:hover{background:var(--hover)}
.primary{color:var(--onAccent);background:var(--accent);border-color:transparent}
.primary:hover{background:var(--accentHover)}
.tracks{list-style:none;margin:0;padding:0}
.tracks li{display:grid;grid-template-columns:2rem minmax(0,1fr) auto;gap:0 .5rem;align-items:center;min-height:3rem;padding:.375rem 0;border-bottom:1px solid var(--line)}
.tracks.plain li{grid-template-columns:minmax(0,1fr) auto}
.tracks .number{color:var(--text3);font-size:.875rem}
.tracks .time{color:var(--text3);font-size:.875rem}
.tracks .what{min-width:0;overflow-wrap:anywhere}
.tracks small{display:block;color:var(--text2);font-size:.875rem}
.tracks a{text-decoration-color:transparent}
.tracks a:hover{text-decoration-color:currentColor}
.badge{margin-left:.4em;padding:0 .3em;border:1px solid var(--control);border-radius:3px;font-size:.6875rem;color:var(--text2);white-space:nowrap}
.more{padding:.75rem 0;color:var(--text3);font-size:.875rem}
audio{width:100%;height:2.75rem}
@media (forced-colors:active){.primary{border-color:ButtonBorder}:focus-visible{outline-color:Highlight}}`;

const PAGE = `body{min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}
.top,main,footer{width:100%;max-width:66rem;margin:0 auto;padding-left:clamp(1rem,5vw,2.75rem);padding-right:clamp(1rem,5vw,2.75rem)}
.top{display:flex;align-items:center;gap:.625rem;min-height:4rem;color:var(--text2);font-size:.9375rem}
.top svg{width:1.75rem;height:1.75rem;flex:none;color:var(--text)}
main{flex:1;padding-bottom:2rem}
.head{display:grid;gap:1.5rem}
.head>.art{max-width:22rem}
.words{display:grid;gap:.625rem;align-content:start}
.kicker{color:var(--text3);font-size:.875rem}
h1{font-size:clamp(2.25rem,11vw,3.5rem)}
.description{max-width:34em;color:var(--text2);font:400 1.125rem/1.45 var(--words);overflow-wrap:anywhere;hyphens:auto}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:.75rem}
.actions .button{flex:1 1 auto}
.preview{margin-top:.75rem;display:grid;gap:.25rem}
.preview span{color:var(--text3);font-size:.875rem}
.hint{margin-top:.25rem;color:var(--text3);font-size:.875rem}
.records{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:1.25rem}
.records a{display:block;text-decoration:none}
.records a:hover .name{text-decoration:underline;text-underline-offset:.2em}
.records .name{display:block;margin-top:.5rem;font-weight:500;overflow-wrap:anywhere}
.records small{color:var(--text3);font-size:.875rem}
.empty{padding-top:clamp(2rem,14vh,8rem)}
.empty p{max-width:34em;margin:1rem 0 1.75rem;color:var(--text2);font:400 1.125rem/1.45 var(--words)}
footer{padding-top:1.5rem;padding-bottom:1.75rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;justify-content:space-between;color:var(--text3);font-size:.875rem}
@media (min-width:52rem){.head{grid-template-columns:minmax(0,20rem) minmax(0,1fr);gap:2.75rem;align-items:end}.top{min-height:5.5rem}h1{font-size:clamp(3.5rem,7vw,6rem);line-height:.92;padding-bottom:.16em}.actions .button{flex:none}.preview{max-width:26rem}}`;

const EMBED = `html{height:100%;font-size:.9375rem;background:var(--page)}
body{height:100%;display:grid;grid-template-rows:auto minmax(0,1fr);border:1px solid var(--line);border-radius:8px;overflow:hidden}
.card{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:0 1rem;padding:.875rem}
.words{display:flex;flex-direction:column;gap:.125rem;min-width:0}
h1{font-size:1.625rem;line-height:1.02;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
h1 a{text-decoration:none}
.people,.facts{font-size:.9375rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.facts{font-size:.8125rem}
.foot{display:flex;align-items:center;gap:.75rem;margin-top:auto}
.foot svg{width:1.375rem;height:1.375rem;flex:none;margin-left:auto}
.button{min-height:2rem;padding:.25rem .75rem;font-size:.875rem}
.player{grid-column:1/-1;padding-top:.625rem}
audio{height:2.25rem}
.list{overflow:auto;padding:0 .875rem;border-top:1px solid var(--line)}
.tracks li{min-height:2.5rem;padding:.25rem 0}
.tracks button{width:2rem;height:2rem;margin-left:-.375rem;padding:0;border:0;border-radius:50%;background:transparent;color:var(--text2);font:inherit;cursor:pointer}
.tracks button:hover{background:var(--hover)}
.tracks button[aria-pressed=true]{color:var(--accent)}
.tracks li:last-child{border-bottom:0}`;

export interface Style {
  readonly css: string;
  /** For `style-src`: this style and no other. */
  readonly hash: string;
}

export const shareStyle = (artwork: Artwork | null, layout: 'page' | 'embed'): Style => {
  const source = sourceOf(artwork);
  const css = `:root{color-scheme:light dark;${declared(source, 'light', 'dark')};${FACES}}
@media (prefers-contrast:more){:root{${declared(source, 'highContrastLight', 'highContrastDark')}}}
${COMMON}
${layout === 'page' ? PAGE : EMBED}`;
  return { css, hash: `'sha256-${createHash('sha256').update(css).digest('base64')}'` };
};
