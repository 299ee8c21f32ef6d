import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema } from '../../contract/catalog-http.ts';
import type { CatalogIndex } from '../index/catalog-index.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { ServiceAds } from '../ads/service-ads.ts';
import type { ServiceLibrary } from '../library/service-library.ts';
import type { ServiceSharing } from '../share/service-sharing.ts';
import type { ServiceUpdates } from '../updates/service-updates.ts';
import type { AccessControl } from './access/access-control.ts';
import type { SignIn } from './access/sign-in.ts';

export type Server = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** By which listeners know an installation. */
export interface ServicePicture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly etag: string;
}

/** What handlers work with. */
export interface RouteContext {
  readonly index: CatalogIndex;
  readonly store: ObjectStore;
  readonly service: { readonly name: string; readonly version: string };
  /** Of the folder store's addresses. With a store that answers its own none are signed with it, so none open. */
  readonly objectSecret: Uint8Array;
  readonly access: AccessControl;
  readonly answerAsIssuer: SignIn['answerAsIssuer'];
  /** Where a free listener becomes a premium one; null where there is no such page. */
  readonly upgradeUrl: string | null;
  readonly picture: ServicePicture | null;
  readonly ads: ServiceAds;
  readonly updates: ServiceUpdates;
  readonly library: ServiceLibrary;
  /** Null: the operator wants no public pages. */
  readonly sharing: ServiceSharing | null;
  /** Why nothing can be answered yet; null when it can. */
  readonly unready: () => string | null;
}

export type Routes = (server: Server, context: RouteContext) => void;

const problem = {
  description: 'A problem (RFC 9457)',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** What a route answers with, for validation, serialisation and the document at once. */
export const answers = <Schema extends z.ZodType>(summary: string, schema: Schema) => ({
  summary,
  response: { 200: schema, '4xx': problem, '5xx': problem },
});

/** What a route answers with when that is not JSON. */
export const answersOtherwise = (summary: string) => ({
  summary,
  response: { '4xx': problem, '5xx': problem },
});

/** What a route answers with as text or a stream of its own making, which is not looked at again. */
export const answersWith = (summary: string, type: string, schema: z.ZodType = z.unknown()) => ({
  summary,
  response: {
    200: { description: summary, content: { [type]: { schema } } },
    '4xx': problem,
    '5xx': problem,
  },
});
