/** Tracks on a page: as many as its weight allows. */
import { shareUrl } from '../../core/share/share-link.ts';
import { html, type Html } from '../identity/pages/html.ts';
import type { ShareSite } from './share-site.ts';
import { formatTime, type ShareTexts } from './share-texts.ts';
import type { ShownTrack } from './share-view.ts';

export interface RowsOptions {
  readonly site: ShareSite;
  readonly texts: ShareTexts;
  /** UTF-8, of all rows together. */
  readonly mostBytes: number;
  /** Before each title, in place of its number. */
  readonly lead?: (track: ShownTrack) => Html | null;
  /** Of links, as attributes. */
  readonly target?: Html;
}

export interface Rows {
  readonly list: Html;
  readonly shown: number;
}

/** The first of them, as many as go into so many bytes of UTF-8. */
export const withinBytes = (pieces: readonly Html[], mostBytes: number): readonly Html[] => {
  let bytes = 0;
  const end = pieces.findIndex(({ text }) => (bytes += Buffer.byteLength(text)) > mostBytes);
  return end === -1 ? pieces : pieces.slice(0, end);
};

const badge = (texts: ShareTexts): Html =>
  html`<abbr class="badge" title="${texts.explicit}" aria-label="${texts.explicit}">E</abbr>`;

export const trackRows = (tracks: readonly ShownTrack[], options: RowsOptions): Rows => {
  const { site, texts, mostBytes, lead, target = null } = options;
  const isPlain = lead === undefined && tracks.every(({ number }) => number === null);
  const all = tracks.map((track) => {
    const { id, number, title, people, durationMs, explicit } = track;
    const before =
      lead?.(track) ??
      (isPlain ? null : html`<span class="number">${number === null ? '' : String(number)}</span>`);
    return html`<li>
      ${before}<span class="what"
        ><a href="${shareUrl(site.baseUrl, { kind: 'track', id, atMs: 0 })}" ${target}><bdi>${title}</bdi></a
        >${explicit ? badge(texts) : null}${people === '' ? null : html`<small><bdi>${people}</bdi></small>`}</span
      ><time class="time" datetime="PT${String(Math.round(durationMs / 1000))}S"
        >${formatTime(durationMs)}</time
      >
    </li>`;
  });
  const rows = withinBytes(all, mostBytes);
  return {
    list: html`<ol class="${isPlain ? 'tracks plain' : 'tracks'}">
      ${rows}
    </ol>`,
    shown: rows.length,
  };
};
