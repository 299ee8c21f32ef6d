/** The page of an invitation. It looks nothing up: who opens a link has not used it, and a wrong code is not told from a right one. */
import { formatDeepLink } from '../../core/links/deep-link.ts';
import { html } from '../identity/pages/html.ts';
import { ICON } from '../identity/pages/mark.ts';
import type { Language } from '../identity/pages/texts.ts';
import { joinUrl } from '../../core/share/share-link.ts';
import { actionLine, pageFrame, styleTag, type Page } from './share-page.ts';
import type { ShareSite } from './share-site.ts';
import { shareStyle } from './share-style.ts';
import { SHARE_TEXTS } from './share-texts.ts';

export const joinPage = (code: string, site: ShareSite, language: Language): Page => {
  const texts = SHARE_TEXTS[language];
  const style = shareStyle(null, 'page');
  const head = html`<meta charset="utf-8" />
    <title>${texts.joinTitle} – ${site.serviceName}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="robots" content="noindex" />
    <meta property="og:title" content="${texts.joinTitle}" />
    <meta property="og:site_name" content="${site.serviceName}" />
    <link rel="icon" href="${ICON}" />
    ${styleTag(style)}`;
  const main = html`<div class="empty">
    <h1>${texts.joinTitle}</h1>
    <p>${texts.join}</p>
    ${actionLine(formatDeepLink({ kind: 'join', code }), texts.open, site, texts)}
  </div>`;
  return { text: pageFrame(site, language, head, main, joinUrl(site.baseUrl, code)), style };
};
