/** The page in a frame: a card with the title, and a player where previews are allowed. Without its script it is still whole. */
import { deepLinkOf, shareUrl } from '../../core/share/share-link.ts';
import { sharePaths } from '../../contract/share-http.ts';
import { html, Html } from '../identity/pages/html.ts';
import { ICON, MARK } from '../identity/pages/mark.ts';
import { previewedTrack, titleOf } from './share-head.ts';
import { nameList, styleTag, type Page } from './share-page.ts';
import { trackRows } from './share-rows.ts';
import { artworkUrl, previewUrl, type Extras, type ShareSite } from './share-site.ts';
import { shareStyle } from './share-style.ts';
import { SHARE_TEXTS, type ShareTexts } from './share-texts.ts';
import { viewOf, type ShownTrack, type Subject, type View } from './share-view.ts';

const COVER_SIZE = 256;
const MOST_ROW_BYTES = 20_000;
const OUTSIDE = new Html('target="_blank" rel="noopener"');
const TOP = new Html('target="_top"');

const player = (view: View, site: ShareSite, extras: Extras, texts: ShareTexts): Html | null => {
  const track = previewedTrack(view, extras);
  if (track === null || site.previewSeconds === null) return null;
  const label = texts.preview(String(site.previewSeconds));
  return html`<div class="player">
    <audio controls preload="none" aria-label="${label}" src="${previewUrl(site, track)}"></audio>
  </div>`;
};

/** Shown by the script, which it needs. */
const playButton = (track: ShownTrack, site: ShareSite, extras: Extras, texts: ShareTexts): Html | null =>
  extras.heard.has(track.id)
    ? html`<button
        type="button"
        hidden
        aria-pressed="false"
        aria-label="${texts.play(track.title)}"
        data-preview="${previewUrl(site, track.id)}"
      >
        ▶
      </button>`
    : null;

export const embedPage = (subject: Subject, site: ShareSite, extras: Extras): Page => {
  const { language } = extras;
  const texts = SHARE_TEXTS[language];
  const view = viewOf(subject, texts);
  const style = shareStyle(view.artwork, 'embed');
  const { artwork, tracks } = view;
  const people = [...view.people, ...(view.album === null ? [] : [view.album])];
  const hasPlayer = previewedTrack(view, extras) !== null;
  const rows =
    tracks.length === 0
      ? null
      : trackRows(tracks, {
          site,
          texts,
          mostBytes: MOST_ROW_BYTES,
          target: OUTSIDE,
          lead: (track) =>
            html`<span class="number"
              >${playButton(track, site, extras, texts)}<span
                >${track.number === null ? '' : String(track.number)}</span
              ></span
            >`,
        });
  const text = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${titleOf(view)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="${ICON}" />
        <link rel="canonical" href="${shareUrl(site.baseUrl, view.link)}" />
        ${styleTag(style)}
      </head>
      <body>
        <main class="card">
          ${
            artwork === null
              ? html`<span class="cover"></span>`
              : html`<img class="cover" src="${artworkUrl(site, artwork.id, COVER_SIZE)}" alt="" />`
          }
          <div class="words">
            <h1>
              <a href="${shareUrl(site.baseUrl, view.link)}" ${OUTSIDE}><bdi>${view.title}</bdi></a>
            </h1>
            <p class="people">${nameList(people, site, OUTSIDE)}</p>
            <p class="facts">${[view.kicker, ...view.facts].join(' · ')}</p>
            <p class="foot">
              <a class="button primary" href="${deepLinkOf(view.link)}" ${TOP}>${texts.open}</a>${MARK}
            </p>
          </div>
          ${player(view, site, extras, texts)}
        </main>
        ${
          rows === null
            ? null
            : html`<section class="list" tabindex="0" aria-label="${view.tracksTitle}">${rows.list}</section>`
        }
        ${hasPlayer ? html`<script src="${site.baseUrl + sharePaths.player}" defer></script>` : null}
      </body>
    </html> `.text;
  return { text, style };
};

/** The player's script: the rows of a record play through the one player of the page, one after the other. */
export const PLAYER_SCRIPT = `'use strict';
(() => {
  const audio = document.querySelector('audio');
  if (audio === null) return;
  const buttons = [...document.querySelectorAll('button[data-preview]')];
  let current = null;
  const show = () => {
    for (const button of buttons) {
      const plays = button === current && !audio.paused;
      button.setAttribute('aria-pressed', String(plays));
      button.textContent = plays ? '\\u275A\\u275A' : '\\u25B6';
    }
  };
  const play = (button) => {
    if (current !== button) audio.src = button.dataset.preview;
    current = button;
    audio.play().catch(show);
  };
  for (const button of buttons) {
    button.hidden = false;
    const number = button.nextElementSibling;
    if (number !== null) number.hidden = true;
    if (button.dataset.preview === audio.src) current = button;
    button.addEventListener('click', () => {
      if (button === current && !audio.paused) audio.pause();
      else play(button);
    });
  }
  for (const event of ['play', 'pause', 'ended', 'error']) audio.addEventListener(event, show);
  audio.addEventListener('ended', () => {
    const next = buttons[buttons.indexOf(current) + 1];
    if (current !== null && next !== undefined) play(next);
  });
})();
`;
