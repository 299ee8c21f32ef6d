import type { CustomFetch } from 'openid-client';
import { connectionFailure } from '../catalog-client/request-failure.ts';
import type { HostPorts } from '../ports.ts';
import { IssuerFailure } from './issuer-failure.ts';
import { isProtectedUrl } from './service-address.ts';
import { readAtMost } from './service-picture.ts';

/** Metadata and keys are some kilobytes. */
const MOST_BYTES = 1024 ** 2;

const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * How issuers are asked: only where nobody on the way reads along, never following a redirect, whole answers of a sensible size.
 * That nobody answers, or a gateway in somebody's place, or that an answer is cut, rejects with an `IssuerFailure`.
 */
export const createIssuerFetch =
  (
    options: Pick<HostPorts, 'fetch' | 'isOnline'> & {
      /** Nobody waits for the answer any more. */
      readonly ended: AbortSignal;
    },
  ): CustomFetch =>
  async (url, { method, headers, body, signal }) => {
    const { fetch, isOnline, ended } = options;
    if (!isProtectedUrl(url))
      throw new IssuerFailure('not_offered', 'the issuer is not asked over plain HTTP');
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: signal === undefined ? ended : AbortSignal.any([signal, ended]),
        // A form is all that is ever sent.
        ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
      });
      if (response.status >= 500 || response.status === 429) {
        await response.body?.cancel();
        throw new IssuerFailure('unreachable', `the issuer answered ${response.status}`);
      }
      const bytes = await readAtMost(response, MOST_BYTES);
      if (bytes === null) throw new IssuerFailure('untrusted', 'the issuer answers without end');
      return new Response(WITHOUT_BODY.has(response.status) ? null : Buffer.from(bytes), {
        status: response.status,
        headers: response.headers,
      });
    } catch (error) {
      if (error instanceof IssuerFailure) throw error;
      if (ended.aborted) throw new IssuerFailure('cancelled', 'nobody waits for the issuer any more');
      const { code, message } = connectionFailure(url, error, isOnline());
      throw new IssuerFailure(code === 'offline' ? 'offline' : 'unreachable', message);
    }
  };
