/** The public pages: whole without a script, each a pure function of what is to be seen. */
import { deepLinkOf, shareUrl } from '../../core/share/share-link.ts';
import { html, Html } from '../identity/pages/html.ts';
import { ICON, MARK } from '../identity/pages/mark.ts';
import type { Language } from '../identity/pages/texts.ts';
import { previewedTrack, shareHead } from './share-head.ts';
import { trackRows, withinBytes } from './share-rows.ts';
import { artworkUrl, inLanguage, previewUrl, type Extras, type ShareSite } from './share-site.ts';
import { shareStyle, type Style } from './share-style.ts';
import { formatCount, formatTime, SHARE_TEXTS, type ShareTexts } from './share-texts.ts';
import { viewOf, type Named, type ShownRecord, type Subject, type View } from './share-view.ts';

export interface Page {
  readonly text: string;
  readonly style: Style;
}

const COVER_SIZE = 512;
const RECORD_SIZE = 256;
/** Leaves room for head, style and structured data within 60 kB. */
const MOST_ROW_BYTES = 13_000;
const MOST_RECORDS = 12;
const MOST_RECORD_BYTES = 7000;

/** Exactly what the policy has the hash of. */
export const styleTag = ({ css }: Style): Html => new Html(`<style>${css}</style>`);

/** Names one after another, each a link where it leads somewhere. */
export const nameList = (names: readonly Named[], { baseUrl }: ShareSite, target: Html | null = null): Html =>
  html`${names.map(
    ({ name, link }, index) =>
      html`${index === 0 ? '' : ', '}${
        link === null
          ? html`<bdi>${name}</bdi>`
          : html`<a href="${shareUrl(baseUrl, link)}" ${target}><bdi>${name}</bdi></a>`
      }`,
  )}`;

const openLine = ({ link }: View, site: ShareSite, texts: ShareTexts): Html => {
  const atMs = link.kind === 'track' ? link.atMs : 0;
  const words = atMs === 0 ? texts.open : texts.openAt(formatTime(atMs));
  return actionLine(deepLinkOf(link), words, site, texts);
};

/** What opens the app, and where it can be had by those who do not have it. */
export const actionLine = (deepLink: string, words: string, site: ShareSite, texts: ShareTexts): Html =>
  html`<p class="actions">
      <a class="button primary" href="${deepLink}">${words}</a>${
        site.downloadUrl === null
          ? null
          : html`<a class="button" href="${site.downloadUrl}" rel="noopener">${texts.get}</a>`
      }
    </p>
    ${site.downloadUrl === null ? null : html`<p class="hint">${texts.opensHint}</p>`}`;

const previewLine = (view: View, site: ShareSite, extras: Extras, texts: ShareTexts): Html | null => {
  const track = previewedTrack(view, extras);
  if (track === null || site.previewSeconds === null) return null;
  const label = texts.preview(String(site.previewSeconds));
  return html`<div class="preview">
    <span id="preview">${label}</span>
    <audio controls preload="none" aria-labelledby="preview" src="${previewUrl(site, track)}"></audio>
  </div>`;
};

const trackSection = (view: View, site: ShareSite, texts: ShareTexts): Html | null => {
  if (view.tracks.length === 0) return null;
  const { list, shown } = trackRows(view.tracks, { site, texts, mostBytes: MOST_ROW_BYTES });
  const rest = (view.trackCount ?? view.tracks.length) - shown;
  return html`<section aria-labelledby="tracks">
    <h2 id="tracks">${view.tracksTitle}</h2>
    ${list}${rest > 0 ? html`<p class="more">${texts.more(formatCount(rest, texts))}</p>` : null}
  </section>`;
};

const recordCard = ({ id, title, year, artwork }: ShownRecord, site: ShareSite): Html =>
  html`<li>
    <a href="${shareUrl(site.baseUrl, { kind: 'album', id })}"
      >${
        artwork === null
          ? html`<span class="cover"></span>`
          : html`<img
              class="cover"
              src="${artworkUrl(site, artwork.id, RECORD_SIZE)}"
              alt=""
              loading="lazy"
            />`
      }<span class="name"><bdi>${title}</bdi></span
      ><small>${year}</small></a
    >
  </li>`;

const recordSection = (view: View, site: ShareSite, texts: ShareTexts): Html | null => {
  const cards = withinBytes(
    view.records.slice(0, MOST_RECORDS).map((record) => recordCard(record, site)),
    MOST_RECORD_BYTES,
  );
  return cards.length === 0
    ? null
    : html`<section aria-labelledby="records">
        <h2 id="records">${texts.newest}</h2>
        <ul class="records">
          ${cards}
        </ul>
      </section>`;
};

const cover = (view: View, site: ShareSite): Html => {
  const shape = view.link.kind === 'artist' ? 'cover round' : 'cover';
  const { artwork } = view;
  return html`<div class="art">
    ${
      artwork === null
        ? html`<span class="${shape}"></span>`
        : html`<img
            class="${shape}"
            src="${artworkUrl(site, artwork.id, COVER_SIZE)}"
            alt=""
            width="512"
            height="512"
          />`
    }
  </div>`;
};

/** What every page stands in. `address`: of the page itself, for the other language; null: there is no other. */
export const pageFrame = (
  site: ShareSite,
  language: Language,
  head: Html,
  main: Html,
  address: string | null,
): string => {
  const texts = SHARE_TEXTS[language];
  const other = language === 'en' ? 'de' : 'en';
  return html`<!doctype html>
    <html lang="${language}" prefix="og: https://ogp.me/ns# music: https://ogp.me/ns/music#">
      <head>
        ${head}
      </head>
      <body>
        <header class="top">${MARK}<span>${site.serviceName}</span></header>
        <main>${main}</main>
        <footer>
          <span>Riffle</span>${
            address === null
              ? null
              : html`<a href="${inLanguage(address, other)}" lang="${other}" hreflang="${other}"
                  >${texts.otherLanguage}</a
                >`
          }
        </footer>
      </body>
    </html> `.text;
};

export const sharePage = (subject: Subject, site: ShareSite, extras: Extras): Page => {
  const { language } = extras;
  const texts = SHARE_TEXTS[language];
  const view = viewOf(subject, texts);
  const style = shareStyle(view.artwork, 'page');
  const main = html`<div class="head">
      ${cover(view, site)}
      <div class="words">
        <p class="kicker">${view.kicker}</p>
        <h1><bdi>${view.title}</bdi></h1>
        ${view.people.length === 0 ? null : html`<p class="people">${nameList(view.people, site)}</p>`}
        ${view.album === null ? null : html`<p class="people">${nameList([view.album], site)}</p>`}
        ${view.words === '' ? null : html`<p class="description"><bdi>${view.words}</bdi></p>`}
        <p class="facts">${view.facts.join(' · ')}</p>
        ${openLine(view, site, texts)}${previewLine(view, site, extras, texts)}
      </div>
    </div>
    ${trackSection(view, site, texts)}${recordSection(view, site, texts)}`;
  const head = html`${shareHead(subject, view, site, extras)}${styleTag(style)}`;
  return { text: pageFrame(site, language, head, main, shareUrl(site.baseUrl, view.link)), style };
};

export type Absence = 'missing' | 'gone' | 'away';

/** Where there is nothing to show: unknown, taken back, or not to be had now. */
export const absencePage = (absence: Absence, site: ShareSite, language: Language): Page => {
  const texts = SHARE_TEXTS[language];
  const title = texts[`${absence}Title`];
  const style = shareStyle(null, 'page');
  const head = html`<meta charset="utf-8" />
    <title>${title} – ${site.serviceName}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="robots" content="noindex" />
    <link rel="icon" href="${ICON}" />
    ${styleTag(style)}`;
  const main = html`<div class="empty">
    <h1>${title}</h1>
    <p>${texts[absence]}</p>
    ${
      site.downloadUrl === null
        ? null
        : html`<a class="button" href="${site.downloadUrl}" rel="noopener">${texts.get}</a>`
    }
  </div>`;
  return { text: pageFrame(site, language, head, main, null), style };
};
