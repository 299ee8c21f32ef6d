import { z } from 'zod';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { CACHE, isNamed } from './caching.ts';
import { notFound } from './problems.ts';
import { answersOtherwise, type Routes } from './routes.ts';

/** Our own issuer, which answers everything below its path by itself, and the picture that a sign-in is known by. */
export const installIdentityRoutes: Routes = (server, { answerAsIssuer }) => {
  void server.register(async (scope) => {
    // It reads the bodies of its forms itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/identity/*', { config: { access: 'anyone' }, schema: { hide: true } }, (request, reply) => {
      if (!answerAsIssuer(request.raw, reply.raw, request.ip))
        throw notFound('This service is not an issuer.');
      // From here on the answer is the issuer's.
      return reply.hijack();
    });
  });
};

const otherwise = answersOtherwise('The picture of this installation');
const image = { description: 'PNG, JPEG or WebP', content: { 'image/*': { schema: z.unknown() } } };

export const installPictureRoute: Routes = (server, { picture }) => {
  server.get(
    catalogPaths.servicePicture,
    {
      config: { access: 'anyone' },
      schema: { ...otherwise, response: { 200: image, ...otherwise.response } },
    },
    async (request, reply) => {
      if (picture === null) throw notFound('This service has no picture.');
      void reply
        .header('etag', picture.etag)
        .header('cache-control', CACHE.details)
        .header('x-content-type-options', 'nosniff');
      if (isNamed(picture.etag, request.headers['if-none-match'])) return reply.code(304).send(null);
      return reply.type(picture.contentType).send(Buffer.from(picture.bytes));
    },
  );
};
