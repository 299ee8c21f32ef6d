import type { z } from 'zod';
import { problemSchema, type problemCodeSchema } from '../../contract/catalog-http.ts';
import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import { isLoopbackUrl } from '../session/service-address.ts';
import { systemErrorCode } from '../storage/storage-error.ts';

/** Codes that say there is no way out of this machine, rather than that one host is silent. */
const NO_NETWORK = new Set([
  'ENETUNREACH',
  'ENETDOWN',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'ERR_INTERNET_DISCONNECTED',
]);

/**
 * Why a request got no answer. A service on this very machine is never "offline": without any network it is still there.
 */
export const connectionFailure = (url: string, error: unknown, isOnline: boolean): HostFailure => {
  const code = systemErrorCode(error);
  const offline = !isLoopbackUrl(url) && (!isOnline || (code !== null && NO_NETWORK.has(code)));
  return new HostFailure(
    offline ? 'offline' : 'service_unreachable',
    `no answer from ${new URL(url).host}: ${code ?? (error instanceof Error ? error.message : String(error))}`,
    { cause: error },
  );
};

const CODE_OF_PROBLEM: Readonly<Record<z.infer<typeof problemCodeSchema>, HostErrorCode>> = {
  invalid_request: 'invalid_argument',
  not_found: 'not_found',
  gone: 'gone',
  not_ready: 'service_unreachable',
  sign_in_required: 'sign_in_required',
  forbidden: 'forbidden',
  premium_required: 'premium_required',
  too_many_requests: 'too_many_requests',
  internal: 'service_unreachable',
};

const codeOfStatus = (status: number): HostErrorCode => {
  if (status === 404 || status === 410) return 'not_found';
  if (status === 401) return 'sign_in_required';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'too_many_requests';
  if (status === 400 || status === 422) return 'invalid_argument';
  return 'service_unreachable';
};

/** An answer that is no success: problem+json (RFC 9457) if it is one, else by its status alone. */
export const answerFailure = (status: number, body: unknown): HostFailure => {
  const problem = problemSchema.safeParse(body);
  return problem.success
    ? new HostFailure(
        CODE_OF_PROBLEM[problem.data.code],
        `${status} ${problem.data.detail ?? problem.data.title}`,
      )
    : new HostFailure(codeOfStatus(status), `the service answered ${status}`);
};
