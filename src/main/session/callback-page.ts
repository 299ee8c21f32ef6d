import { createHash } from 'node:crypto';
import { CALLBACK_TEXTS, type CallbackOutcome } from './callback-texts.ts';

/** The look of the welcome page: its colours without artwork, its faces where the system has them. */
const STYLE = `
:root { color-scheme: dark light; --page: #14191a; --text: #eaf0f1; --text-2: #b1b9bb; --accent: #fc9c65; }
@media (prefers-color-scheme: light) {
  :root { --page: #f8fafb; --text: #121a1c; --text-2: #3f4a4c; --accent: #a44c07; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--page); color: var(--text); }
main { max-width: 33rem; margin: 0 auto; padding: clamp(1.5rem, 12vh, 8rem) clamp(1.25rem, 6vw, 2.75rem) 2rem; }
svg { display: block; width: 3rem; height: 3rem; margin-bottom: 1.75rem; fill: none; stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
h1 { margin: 0 0 1rem; font: 640 clamp(2.25rem, 9vw, 3.5rem)/0.98 'Archivo Variable', Archivo, 'Archivo Narrow', 'Arial Narrow', 'Roboto Condensed', 'Helvetica Neue', system-ui, sans-serif; font-stretch: 62%; letter-spacing: -0.012em; text-wrap: balance; overflow-wrap: anywhere; }
p { margin: 0; max-width: 34em; color: var(--text-2); font: 400 1.125rem/1.45 'Newsreader Variable', Newsreader, ui-serif, Georgia, serif; hyphens: auto; }
`;

/** `assets/icons/icon.svg`, without its ground. */
const MARK = `<svg viewBox="3 3 18 18.5" role="img" aria-label="Riffle">
<path stroke="currentColor" d="M5 19.7V9.9C5 6.7 6.9 4.9 9.1 4.9c2.4 0 3.6 1.9 4.3 4.4.7 2.5 1.5 3.7 3.1 3.7 1.3 0 2.1-.9 2.7-2.1"/>
<path stroke="var(--accent)" d="M9.8 18.9c1-1.9 2.7-2.3 4.5-.7 1.7 1.5 3.5 1.3 4.9-1"/>
</svg>`;

/** Nothing may be loaded, run, sent or framed: one style, which is this one. The address holds a code, so it is told to nobody. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/** German where the browser wants it before English (RFC 9110, 12.5.4), else English. */
export const pageLanguage = (acceptLanguage: string): 'en' | 'de' => {
  const wanted = acceptLanguage
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const weight = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return {
        language: tag.split('-')[0],
        weight: weight === undefined ? 1 : Number(weight.trim().slice(2)),
      };
    })
    .filter(({ language, weight }) => (language === 'de' || language === 'en') && weight > 0)
    .sort((left, right) => right.weight - left.weight);
  return wanted[0]?.language === 'de' ? 'de' : 'en';
};

/** What the browser shows after a sign-in: our own words alone, nothing of the request. */
export const callbackPage = (
  outcome: CallbackOutcome,
  acceptLanguage: string,
): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
} => {
  const language = pageLanguage(acceptLanguage);
  const { title, text } = CALLBACK_TEXTS[language][outcome];
  return {
    status: outcome === 'signed_in' ? 200 : 400,
    headers: HEADERS,
    html: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Riffle</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${MARK}
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`,
  };
};
