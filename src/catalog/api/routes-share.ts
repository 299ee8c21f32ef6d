/** Public pages: for whoever follows a link, in a browser, in a frame, or as a crawler. They want no token and set no cookie. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readShareUrl, shareLinkOf, type ShareKind, type ShareLink } from '../../core/share/share-link.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { invitationSchema } from '../../contract/library-http.ts';
import { sharePaths } from '../../contract/share-http.ts';
import { languageFor, type Language } from '../identity/pages/texts.ts';
import { IndexUnavailable } from '../index/catalog-index.ts';
import { embedPage, PLAYER_SCRIPT } from '../share/embed-page.ts';
import { joinPage } from '../share/join-page.ts';
import { oembedOf, oembedXml } from '../share/oembed.ts';
import { answerPage } from '../share/share-answer.ts';
import { absencePage, sharePage, type Absence } from '../share/share-page.ts';
import { artworkUrl, type Extras } from '../share/share-site.ts';
import { SHARE_TEXTS } from '../share/share-texts.ts';
import { viewOf, type Subject, type View } from '../share/share-view.ts';
import type { ServiceSharing } from '../share/service-sharing.ts';
import { StoreError } from '../store/object-store.ts';
import { sendProblem } from './problems.ts';
import type { RouteContext, Routes } from './routes.ts';

const PAGE_CACHE = 'public, max-age=300, stale-while-revalidate=86400';
/** Sharing can be taken back, and then it is. */
const PLAYLIST_CACHE = 'no-cache';
const ABSENCE_CACHE = 'public, max-age=30';
const SCRIPT_CACHE = 'public, max-age=3600';
const OEMBED_CACHE = 'public, max-age=3600';
const RETRY_AFTER_SECONDS = '2';
const CARD_PIXELS = 1024;
const STATUS: Readonly<Record<Absence, number>> = { missing: 404, gone: 410, away: 503 };

const byId = z.object({ id: z.string() });
const byCode = z.object({ code: z.string() });
const pageQuery = z.object({
  t: z.string().optional().catch(undefined),
  lang: z.enum(['en', 'de']).optional().catch(undefined),
});
const pixels = z.coerce.number().int().min(1).max(10_000).optional();
const oembedQuery = z.object({
  url: z.string().max(2000),
  format: z.string().default('json'),
  maxwidth: pixels,
  maxheight: pixels,
});

const ROBOTS = ['User-agent: *', 'Allow: /v1/artwork/', 'Disallow: /v1/', 'Disallow: /identity/', ''].join(
  '\n',
);

const PAGES: readonly (readonly [ShareKind, string, 'page' | 'embed'])[] = [
  ['track', sharePaths.track, 'page'],
  ['album', sharePaths.album, 'page'],
  ['artist', sharePaths.artist, 'page'],
  ['playlist', sharePaths.playlist, 'page'],
  ['track', sharePaths.embedTrack, 'embed'],
  ['album', sharePaths.embedAlbum, 'embed'],
  ['artist', sharePaths.embedArtist, 'embed'],
  ['playlist', sharePaths.embedPlaylist, 'embed'],
];

type Found = { readonly subject: Subject } | { readonly absence: Absence };

const found = (subject: Subject | null): Found => (subject === null ? { absence: 'missing' } : { subject });

const find = async (
  link: ShareLink,
  index: RouteContext['index'],
  sharing: ServiceSharing,
): Promise<Found> => {
  switch (link.kind) {
    case 'track': {
      const track = index.read((reader) => reader.track(link.id));
      return found(track === null ? null : { kind: 'track', track, atMs: link.atMs });
    }
    case 'album': {
      const album = index.read((reader) => reader.album(link.id));
      return found(album === null ? null : { kind: 'album', album });
    }
    case 'artist': {
      const artist = index.read((reader) => reader.artist(link.id));
      return found(artist === null ? null : { kind: 'artist', artist });
    }
    case 'playlist': {
      const playlist = await sharing.playlists.find(link.id);
      if (playlist.kind === 'found') return found({ kind: 'playlist', playlist: playlist.playlist });
      return { absence: playlist.kind === 'gone' ? 'gone' : 'missing' };
    }
    default:
      return assertNever(link);
  }
};

const extrasFor = async (
  view: View,
  language: Language,
  index: RouteContext['index'],
  { pictures, previews, site }: ServiceSharing,
): Promise<Extras> => {
  const { artwork, link, tracks } = view;
  const size = artwork === null ? null : await pictures.sizeOf(artwork.id, CARD_PIXELS);
  const ids = link.kind === 'track' ? [link.id] : tracks.map(({ id }) => id);
  return {
    language,
    picture:
      artwork === null || size === null ? null : { url: artworkUrl(site(), artwork.id, size), pixels: size },
    heard:
      previews === null
        ? new Set()
        : index.read((reader) => new Set(ids.filter((id) => previews.has(reader, id)))),
  };
};

export const installShareRoutes: Routes = (server, { index, sharing }) => {
  if (sharing === null) return;
  const languageOf = (request: FastifyRequest, wished: Language | undefined): Language =>
    wished ?? languageFor(undefined, request.headers['accept-language']);

  const answerAbsence = async (
    request: FastifyRequest,
    reply: FastifyReply,
    absence: Absence,
    wished: Language | undefined,
  ): Promise<FastifyReply> => {
    const language = languageOf(request, wished);
    return answerPage(request, reply, {
      status: STATUS[absence],
      page: absencePage(absence, sharing.site(), language),
      language,
      varies: wished === undefined,
      cacheControl: absence === 'missing' ? ABSENCE_CACHE : 'no-store',
      isEmbed: false,
      pictureOrigins: [],
      ...(absence === 'away' ? { headers: { 'retry-after': RETRY_AFTER_SECONDS } } : {}),
    });
  };

  void server.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => {
      if (!(error instanceof IndexUnavailable || error instanceof StoreError)) throw error;
      if (error instanceof StoreError)
        request.log.error({ err: error, code: error.code }, 'the store failed');
      return answerAbsence(request, reply, 'away', pageQuery.safeParse(request.query).data?.lang);
    });

    scope.get(
      sharePaths.join,
      {
        config: { access: 'anyone', isPathSecret: true },
        schema: { hide: true, params: byCode, querystring: pageQuery },
      },
      async (request, reply) => {
        const code = invitationSchema.shape.code.safeParse(byCode.parse(request.params).code);
        const { lang } = pageQuery.parse(request.query);
        if (!code.success) return answerAbsence(request, reply, 'missing', lang);
        const language = languageOf(request, lang);
        return answerPage(request, reply, {
          status: 200,
          page: joinPage(code.data, sharing.site(), language),
          language,
          varies: lang === undefined,
          cacheControl: 'no-store',
          isEmbed: false,
          pictureOrigins: [],
          headers: { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' },
        });
      },
    );

    for (const [kind, url, layout] of PAGES) {
      scope.get(
        url,
        {
          // Who knows the address of a playlist may see it: it stands in no log.
          config: { access: 'anyone', isPathSecret: kind === 'playlist' },
          schema: { hide: true, params: byId, querystring: pageQuery },
        },
        async (request, reply) => {
          const { id } = byId.parse(request.params);
          const { t: seconds, lang } = pageQuery.parse(request.query);
          const link = shareLinkOf(kind, id, seconds);
          const what: Found = link === null ? { absence: 'missing' } : await find(link, index, sharing);
          if ('absence' in what) return answerAbsence(request, reply, what.absence, lang);
          const language = languageOf(request, lang);
          const view = viewOf(what.subject, SHARE_TEXTS[language]);
          const extras = await extrasFor(view, language, index, sharing);
          const render = layout === 'page' ? sharePage : embedPage;
          return answerPage(request, reply, {
            status: 200,
            page: render(what.subject, sharing.site(), extras),
            language,
            varies: lang === undefined,
            cacheControl: kind === 'playlist' ? PLAYLIST_CACHE : PAGE_CACHE,
            isEmbed: layout === 'embed',
            pictureOrigins: await sharing.pictureOrigins(),
          });
        },
      );
    }
  });

  server.get(
    sharePaths.oembed,
    { config: { access: 'anyone' }, schema: { hide: true, querystring: oembedQuery } },
    async ({ query }, reply) => {
      const isXml = query.format === 'xml';
      if (!isXml && query.format !== 'json')
        return sendProblem(reply, 'invalid_request', 'There is json and xml.', 501);
      const link = readShareUrl(sharing.site().baseUrl, query.url);
      const what: Found = link === null ? { absence: 'missing' } : await find(link, index, sharing);
      if ('absence' in what) return sendProblem(reply, 'not_found', 'Nothing is shared at that address.');
      const view = viewOf(what.subject, SHARE_TEXTS.en);
      const { picture } = await extrasFor(view, 'en', index, sharing);
      const limits = { maxWidth: query.maxwidth, maxHeight: query.maxheight };
      const answer = oembedOf(view, sharing.site(), picture, limits);
      void reply
        .header('cache-control', link?.kind === 'playlist' ? PLAYLIST_CACHE : OEMBED_CACHE)
        .header('x-content-type-options', 'nosniff')
        // Pages that embed ask from the browser too; there is nothing here that not everybody may read.
        .header('access-control-allow-origin', '*');
      return isXml
        ? reply.type('text/xml; charset=utf-8').send(oembedXml(answer))
        : reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
    },
  );

  server.get(sharePaths.player, { config: { access: 'anyone' }, schema: { hide: true } }, (_request, reply) =>
    reply
      .headers({ 'cache-control': SCRIPT_CACHE, 'x-content-type-options': 'nosniff' })
      .type('text/javascript; charset=utf-8')
      .send(PLAYER_SCRIPT),
  );
  server.get(sharePaths.robots, { config: { access: 'anyone' }, schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', SCRIPT_CACHE).type('text/plain; charset=utf-8').send(ROBOTS),
  );
};
