import { createHash } from 'node:crypto';
import { CALLBACK_TEXTS, type CallbackOutcome } from './callback-texts.ts';

/** The colours of the window without artwork. */
const STYLE = `
:root { color-scheme: dark light; --base: #0e1213; --page: #14191a; --line: #272c2e; --text: #eaf0f1; --text-2: #b1b9bb; --accent: #fc9c65; }
@media (prefers-color-scheme: light) {
  :root { --base: #e7ebec; --page: #f8fafa; --line: #d3d9da; --text: #14191a; --text-2: #4a5355; --accent: #a4501d; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--base); color: var(--text); font: 400 1rem/1.5 system-ui, sans-serif; }
main { max-width: 30rem; padding: 2.5rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--page); }
p { margin: 0; color: var(--text-2); }
.name { margin-bottom: 1.5rem; color: var(--accent); font-weight: 600; letter-spacing: 0.02em; }
h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; font-weight: 600; }
`;

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
<p class="name">Riffle</p>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`,
  };
};
