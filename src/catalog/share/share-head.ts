/**
 * What crawlers read of a page: Open Graph (https://ogp.me, its music types), cards of X, oEmbed discovery, canonical address and
 * languages. Facebook, LinkedIn, Slack, Discord, Telegram, WhatsApp, Mastodon, Bluesky and Reddit all take Open Graph.
 */
import { embedSize, embedUrl, shareUrl, type ShareKind } from '../../core/share/share-link.ts';
import { html, type Html } from '../identity/pages/html.ts';
import { ICON } from '../identity/pages/mark.ts';
import { jsonLd } from './json-ld.ts';
import { inLanguage, oembedUrl, previewUrl, type Extras, type ShareSite } from './share-site.ts';
import { SHARE_TEXTS } from './share-texts.ts';
import { pageColours } from './share-style.ts';
import type { Subject, View } from './share-view.ts';
import { shownTitle } from './shown-text.ts';

const OG_TYPES: Readonly<Record<ShareKind, string>> = {
  track: 'music.song',
  album: 'music.album',
  artist: 'profile',
  playlist: 'music.playlist',
};
const OG_LOCALES = { en: 'en_US', de: 'de_DE' } as const;
/** A card lists no more. */
const MOST_SONGS = 20;

const property = (name: string, content: string): Html =>
  html`<meta property="${name}" content="${content}" />`;
const named = (name: string, content: string): Html => html`<meta name="${name}" content="${content}" />`;

export const titleOf = ({ title, people }: View): string =>
  people.length === 0 ? title : shownTitle(`${title} – ${people.map(({ name }) => name).join(', ')}`);

/** The track whose preview stands for the whole. */
export const previewedTrack = (view: View, { heard }: Extras): string | null => {
  const ids = view.link.kind === 'track' ? [view.link.id] : view.tracks.map(({ id }) => id);
  return ids.find((id) => heard.has(id)) ?? null;
};

const musicTags = (subject: Subject, view: View, { baseUrl }: ShareSite): readonly Html[] => {
  const page = (link: View['link']): string => shareUrl(baseUrl, link);
  const people = view.people.flatMap(({ link }) =>
    link === null ? [] : [property('music:musician', page(link))],
  );
  const songs = view.tracks
    .slice(0, MOST_SONGS)
    .map(({ id }) => property('music:song', page({ kind: 'track', id, atMs: 0 })));
  switch (subject.kind) {
    case 'track':
      return [
        property('music:duration', String(Math.round(subject.track.durationMs / 1000))),
        property('music:album', page({ kind: 'album', id: subject.track.album.id })),
        ...people,
      ];
    case 'album': {
      const date = subject.album.releaseDate;
      return [...people, ...(date === null ? [] : [property('music:release_date', date)]), ...songs];
    }
    case 'artist':
      return [];
    case 'playlist':
      return songs;
  }
};

const pictureTags = (view: View, { picture, language }: Extras): readonly Html[] => {
  if (picture === null) return [];
  const alt = SHARE_TEXTS[language].cover(view.title);
  return [
    property('og:image', picture.url),
    ...(picture.url.startsWith('https:') ? [property('og:image:secure_url', picture.url)] : []),
    property('og:image:type', 'image/webp'),
    property('og:image:width', String(picture.pixels)),
    property('og:image:height', String(picture.pixels)),
    property('og:image:alt', alt),
    named('twitter:image', picture.url),
    named('twitter:image:alt', alt),
  ];
};

/** X takes players over https only, and only with a picture. */
const cardTags = (view: View, site: ShareSite, extras: Extras): readonly Html[] => {
  const track = previewedTrack(view, extras);
  const mayPlay = track !== null && extras.picture !== null && site.baseUrl.startsWith('https:');
  const { width, height } = embedSize(view.link.kind);
  return [
    named('twitter:card', mayPlay ? 'player' : 'summary'),
    named('twitter:title', titleOf(view)),
    named('twitter:description', view.summary),
    ...(mayPlay
      ? [
          named('twitter:player', embedUrl(site.baseUrl, view.link)),
          named('twitter:player:width', String(width)),
          named('twitter:player:height', String(height)),
        ]
      : []),
    ...(track === null
      ? []
      : [property('og:audio', previewUrl(site, track)), property('og:audio:type', 'audio/mp4')]),
  ];
};

/** Everything in `head` but the style. */
export const shareHead = (subject: Subject, view: View, site: ShareSite, extras: Extras): Html => {
  const { language } = extras;
  const other = language === 'en' ? 'de' : 'en';
  const title = titleOf(view);
  const address = shareUrl(site.baseUrl, view.link);
  const canonical = shareUrl(
    site.baseUrl,
    view.link.kind === 'track' ? { ...view.link, atMs: 0 } : view.link,
  );
  const colours = pageColours(view.artwork);
  // What a listener made is for whom they give the link to.
  const robots = view.link.kind === 'playlist' ? 'noindex' : 'index, follow, max-image-preview:large';
  return html`<meta charset="utf-8" />
    <title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="description" content="${view.summary}" />
    <meta name="robots" content="${robots}" />
    <meta name="theme-color" media="(prefers-color-scheme: light)" content="${colours.light}" />
    <meta name="theme-color" media="(prefers-color-scheme: dark)" content="${colours.dark}" />
    <link rel="icon" href="${ICON}" />
    <link rel="canonical" href="${canonical}" />
    <link rel="alternate" hreflang="en" href="${inLanguage(canonical, 'en')}" />
    <link rel="alternate" hreflang="de" href="${inLanguage(canonical, 'de')}" />
    <link rel="alternate" hreflang="x-default" href="${canonical}" />
    <link
      rel="alternate"
      type="application/json+oembed"
      href="${oembedUrl(site, view.link, 'json')}"
      title="${title}"
    />
    <link
      rel="alternate"
      type="text/xml+oembed"
      href="${oembedUrl(site, view.link, 'xml')}"
      title="${title}"
    />
    ${[
      property('og:site_name', site.serviceName),
      property('og:type', OG_TYPES[subject.kind]),
      property('og:title', title),
      property('og:description', view.summary),
      property('og:url', address),
      property('og:locale', OG_LOCALES[language]),
      property('og:locale:alternate', OG_LOCALES[other]),
      ...pictureTags(view, extras),
      ...cardTags(view, site, extras),
      ...musicTags(subject, view, site),
    ]}
    <script type="application/ld+json">
      ${jsonLd(subject, site, extras.picture)}
    </script>`;
};
