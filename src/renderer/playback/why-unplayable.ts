import { HOST_ERROR_CODES, type HostErrorCode } from '../../contract/host-error.ts';

const ASK_TIMEOUT_MS = 6000;

const CODE_OF_STATUS: Readonly<Record<number, HostErrorCode>> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'not_found',
  410: 'not_found',
  502: 'service_unreachable',
  503: 'service_unreachable',
  504: 'service_unreachable',
  507: 'storage_failed',
};

/** The host says its own code where it can. */
const codeIn = async (response: Response): Promise<HostErrorCode | undefined> => {
  if (!(response.headers.get('content-type') ?? '').includes('json')) return undefined;
  const body: unknown = await response.json();
  const told = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return HOST_ERROR_CODES.find((code) => code === told);
};

/** What hinders these bytes from being had; null when nothing does. */
const hindrance = async (address: string, range: string): Promise<HostErrorCode | null> => {
  const response = await fetch(address, {
    headers: { range },
    signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
  });
  if (!response.ok) return (await codeIn(response)) ?? CODE_OF_STATUS[response.status] ?? 'media_unavailable';
  await response.body?.cancel();
  return null;
};

/**
 * Why a track does not play. A media element tells nobody, so its first byte is asked for once more, by a request
 * that does tell, and then its last: what was cut off on the way here has the one and not the other. A track that answers
 * well is itself at fault: `media_unavailable`.
 */
export const whyUnplayable = async (address: string): Promise<HostErrorCode> => {
  try {
    return (
      (await hindrance(address, 'bytes=0-0')) ?? (await hindrance(address, 'bytes=-1')) ?? 'media_unavailable'
    );
  } catch {
    // No answer at all: nothing is known but whether there is a network.
    return navigator.onLine ? 'service_unreachable' : 'offline';
  }
};
