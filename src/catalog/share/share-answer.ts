/** How a public page is answered: cacheable, named by its content, and able to do nothing but show itself. */
import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isNamed } from '../api/caching.ts';
import type { Language } from '../identity/pages/texts.ts';
import type { Page } from './share-page.ts';

export interface PageAnswer {
  readonly status: number;
  readonly page: Page;
  readonly language: Language;
  /** The language was told by the browser, so that caches must tell askers apart by it. */
  readonly varies: boolean;
  readonly cacheControl: string;
  /** May stand in a frame, and runs the one script of the player. */
  readonly isEmbed: boolean;
  readonly pictureOrigins: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

const policyOf = ({ page, isEmbed, pictureOrigins }: PageAnswer): string => {
  const own = pictureOrigins.join(' ');
  return [
    "default-src 'none'",
    `style-src ${page.style.hash}`,
    `img-src data: ${own}`.trim(),
    ...(own === '' ? [] : [`media-src ${own}`]),
    ...(isEmbed ? [`script-src ${own}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${isEmbed ? '*' : "'none'"}`,
  ].join('; ');
};

/** Null for a body: what the asker has is still the same. */
export const answerPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  answer: PageAnswer,
): FastifyReply => {
  const { status, page, language, varies, cacheControl, isEmbed } = answer;
  const etag = `"${hash('sha256', page.text).slice(0, 32)}"`;
  void reply
    .headers({
      'cache-control': cacheControl,
      'content-language': language,
      'content-security-policy': policyOf(answer),
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
      ...(varies ? { vary: 'accept-language' } : {}),
      ...(isEmbed ? { 'x-robots-tag': 'noindex' } : { 'x-frame-options': 'DENY' }),
      ...answer.headers,
    })
    .code(status);
  if (status === 200) {
    void reply.header('etag', etag);
    if (isNamed(etag, request.headers['if-none-match'])) return reply.code(304).send();
  }
  return reply.type('text/html; charset=utf-8').send(page.text);
};
