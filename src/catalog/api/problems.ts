/** Errors as RFC 9457 problem details: a closed code for programs, a sentence for developers. */
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { problemCodeSchema, type Problem } from '../../contract/catalog-http.ts';
import { IndexUnavailable } from '../index/catalog-index.ts';
import { CursorError } from '../index/pages.ts';
import { StoreError } from '../store/object-store.ts';

export type ProblemCode = Problem['code'];

const TITLES: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  invalid_request: { status: 400, title: 'The request is not one this service knows.' },
  sign_in_required: { status: 401, title: 'Nobody is signed in, or not any more.' },
  forbidden: { status: 403, title: 'This may not be asked, or the address opens nothing (any more).' },
  premium_required: { status: 403, title: 'This is for premium listeners.' },
  not_found: { status: 404, title: 'There is no such thing in the catalog.' },
  gone: { status: 410, title: 'This was shared, and is not any more.' },
  too_many_requests: { status: 429, title: 'These are too many requests in a short while.' },
  not_ready: { status: 503, title: 'The service cannot answer yet.' },
  internal: { status: 500, title: 'The service failed.' },
};
const RETRY_AFTER_SECONDS = 2;

interface ProblemOptions extends ErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by handlers for what has no better answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  /** Of the answer, beside those that every problem has. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, { headers = {}, ...options }: ProblemOptions = {}) {
    super(detail, options);
    this.code = code;
    this.headers = headers;
  }
}

export const notFound = (what: string): ProblemError => new ProblemError('not_found', what);

/** The value, or the problem that there is none. */
export const found = <Value>(value: Value | null | undefined, what: string): Value => {
  if (value === null || value === undefined) throw notFound(what);
  return value;
};

export const sendProblem = (
  reply: FastifyReply,
  code: ProblemCode,
  detail?: string,
  status = TITLES[code].status,
): FastifyReply => {
  const problem: Problem = {
    type: `urn:riffle:problem:${problemCodeSchema.parse(code)}`,
    title: TITLES[code].title,
    status,
    ...(detail === undefined ? {} : { detail }),
    code,
  };
  if (code === 'not_ready') void reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  return reply
    .code(status)
    .removeHeader('etag')
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem);
};

const isClientError = (error: FastifyError): boolean =>
  error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;

export const installProblems = (server: FastifyInstance): void => {
  server.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 'not_found', `${request.method} is not answered at this path.`),
  );
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof ProblemError)
      return sendProblem(reply.headers(error.headers), error.code, error.message);
    if (error instanceof CursorError) return sendProblem(reply, 'invalid_request', error.message);
    if (error instanceof IndexUnavailable) return sendProblem(reply, 'not_ready', error.message);
    if (error instanceof StoreError) {
      request.log.error({ err: error, code: error.code }, 'the store failed');
      return sendProblem(reply, 'not_ready', 'The store does not answer.');
    }
    if (hasZodFastifySchemaValidationErrors(error)) {
      const issues = error.validation.map((issue) => `${issue.instancePath} ${issue.message ?? ''}`.trim());
      return sendProblem(reply, 'invalid_request', issues.join('; '));
    }
    if (isClientError(error)) return sendProblem(reply, 'invalid_request', error.message, error.statusCode);
    request.log.error({ err: error }, 'a request failed');
    return sendProblem(reply, 'internal');
  });
};
