/** The look of the pages: the app's tokens as values (`renderer/theme/tokens.css`), its faces where the system has them. */
import { createHash } from 'node:crypto';

export const PAGE_STYLE = `
:root {
  color-scheme: dark light;
  --base: light-dark(#e8eced, #0e1213);
  --page: light-dark(#f8fafb, #14191a);
  --raise: light-dark(#ffffff, #1c2122);
  --hover: light-dark(#edf1f2, #1d2223);
  --line: light-dark(#d8dddf, #272c2e);
  --control: light-dark(#747c7e, #777d7f);
  --text: light-dark(#121a1c, #eaf0f1);
  --text-2: light-dark(#3f4a4c, #b1b9bb);
  --text-3: light-dark(#576164, #959fa1);
  --accent: light-dark(#a44c07, #fc9c65);
  --accent-hover: light-dark(#8c3e00, #feb48b);
  --on-accent: light-dark(#ffffff, #170d08);
  --danger: light-dark(#b3261e, #ff8f80);
  --focus: light-dark(#121a1c, #eaf0f1);
  --sleeve: 'Archivo Variable', Archivo, 'Archivo Narrow', 'Arial Narrow', 'Roboto Condensed', 'Helvetica Neue', 'Liberation Sans Narrow', system-ui, sans-serif;
  --body: 'Archivo Variable', Archivo, system-ui, sans-serif;
  --words: 'Newsreader Variable', Newsreader, ui-serif, Georgia, serif;
}
@media (prefers-contrast: more) {
  :root {
    --base: light-dark(#ffffff, #000000);
    --page: light-dark(#ffffff, #000000);
    --raise: light-dark(#ffffff, #0b0f10);
    --hover: light-dark(#eef2f2, #1b2325);
    --line: light-dark(#5c6668, #8fa0a3);
    --control: light-dark(#2b3436, #c9d3d4);
    --text: light-dark(#000000, #ffffff);
    --text-2: light-dark(#1d2426, #e3e9e9);
    --text-3: light-dark(#353e40, #c3cccd);
    --accent: light-dark(#793500, #ffa97a);
    --accent-hover: light-dark(#793500, #ffa97a);
    --on-accent: light-dark(#ffffff, #000000);
    --danger: light-dark(#8c0f08, #ffb3a8);
    --focus: light-dark(#0033cc, #ffd84d);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 400 100%/1.5 var(--body); background: var(--page); color: var(--text); font-variant-numeric: tabular-nums lining-nums; -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 30rem) minmax(0, 1fr); grid-template-rows: 1fr auto; }
main { grid-column: 2; padding: clamp(1.5rem, 9vh, 6.5rem) clamp(1rem, 6vw, 2.75rem) 2rem; }
footer { grid-column: 2; padding: 0 clamp(1rem, 6vw, 2.75rem) 1.75rem; color: var(--text-3); font-size: 0.8125rem; overflow-wrap: anywhere; }
.mark { display: flex; align-items: center; gap: 0.875rem; min-height: 3rem; margin-bottom: 1.75rem; }
.mark svg { width: 3rem; height: 3rem; flex: none; }
.mark img { width: 3rem; height: 3rem; object-fit: cover; border-radius: 2px; }
h1 { margin: 0 0 1rem; font: 640 clamp(2.25rem, 11vw, 3.5rem)/0.98 var(--sleeve); font-stretch: 62%; letter-spacing: -0.012em; text-wrap: balance; overflow-wrap: anywhere; hyphens: manual; }
h2 { margin: 2.25rem 0 0.75rem; font: 600 1.0625rem/1.4 var(--body); font-stretch: 88%; }
.lead { margin: 0 0 1.75rem; max-width: 34em; color: var(--text-2); font: 400 1.125rem/1.45 var(--words); hyphens: auto; }
.hint { margin: 0.75rem 0 0; color: var(--text-3); font-size: 0.875rem; overflow-wrap: anywhere; }
form { margin: 0; }
form + form { margin-top: 0.75rem; }
label { display: block; margin: 1rem 0 0.375rem; font-weight: 600; font-size: 0.9375rem; }
input { display: block; width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: var(--raise); border: 1px solid var(--control); border-radius: 6px; }
input[aria-invalid='true'] { border-color: var(--danger); border-width: 2px; }
input.code { font-size: 1.5rem; letter-spacing: 0.08em; text-transform: uppercase; }
button, .button { display: block; width: 100%; min-height: 2.75rem; margin: 0; padding: 0.625rem 1rem; font: 600 1rem/1.3 var(--body); color: var(--text); text-align: center; text-decoration: none; background: transparent; border: 1px solid var(--control); border-radius: 6px; cursor: pointer; overflow-wrap: anywhere; }
button:hover, .button:hover { background: var(--hover); }
button.primary { color: var(--on-accent); background: var(--accent); border-color: transparent; }
button.primary:hover { background: var(--accent-hover); }
button.bare { color: var(--text-2); border-color: transparent; font-weight: 400; text-decoration: underline; text-underline-offset: 0.2em; }
.after { margin-top: 1.25rem; }
button small { display: block; margin-top: 0.125rem; font-weight: 400; font-size: 0.875rem; color: var(--text-2); }
button.primary small { color: inherit; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.problem { margin: 0 0 1.5rem; padding: 0.75rem 1rem; border: 1px solid var(--danger); border-left-width: 4px; border-radius: 6px; background: var(--raise); }
.problem h2 { margin: 0 0 0.125rem; color: var(--danger); font-size: 1rem; }
.problem p { margin: 0; }
.rule { height: 1px; margin: 2rem 0 0; border: 0; background: var(--line); }
.shown { margin: 0 0 1.75rem; padding: 0.75rem 1rem; font: 600 clamp(1.5rem, 9vw, 2.25rem)/1.2 var(--body); letter-spacing: 0.06em; background: var(--raise); border-radius: 8px; overflow-wrap: anywhere; }
@media (forced-colors: active) { button.primary { border-color: ButtonBorder; } :focus-visible { outline-color: Highlight; } }
`;

/** For the Content-Security-Policy: this style and no other. */
export const PAGE_STYLE_HASH = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
