import type { Me } from '../../contract/account-http.ts';
import type { ServiceInfo } from '../../contract/catalog-http.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { ServicePreview } from '../../contract/session.ts';
import { createCatalogClient, type CatalogClient } from '../catalog-client/catalog-client.ts';
import { createServiceRequests } from '../catalog-client/service-requests.ts';
import type { HostPorts } from '../ports.ts';
import { serviceAddress } from './service-address.ts';
import { fetchServicePicture } from './service-picture.ts';
import type { Tokens } from './session-contract.ts';

/** Services asked by whoever has no account open with them (yet). Everything rejects with a `HostFailure`. */
export interface ServiceDoor {
  /** As `HostApi.session.inspect`. */
  preview(address: string): Promise<ServicePreview>;
  info(serviceUrl: string): Promise<ServiceInfo>;
  /** Who the service takes the bearer for. */
  me(serviceUrl: string, tokens: Tokens | null, onTier?: (tier: string) => void): Promise<Me>;
}

const ANSWER_MS = 6_000;

/** Rejects with `invalid_argument` for what is no address. */
export const checkedServiceAddress = (typed: string): string => {
  const serviceUrl = serviceAddress(typed);
  if (serviceUrl === null) throw new HostFailure('invalid_argument', 'this is no address of a service');
  return serviceUrl;
};

export const createServiceDoor = (
  options: Pick<HostPorts, 'fetch' | 'clock' | 'isOnline'> & { readonly closing: AbortSignal },
): ServiceDoor => {
  const client = (
    serviceUrl: string,
    tokens: Tokens | null,
    onTier?: (tier: string) => void,
  ): CatalogClient =>
    createCatalogClient(
      createServiceRequests({
        ...options,
        serviceUrl,
        timeoutMs: ANSWER_MS,
        onOutcome: () => undefined,
        ...(tokens === null ? {} : { tokens }),
        ...(onTier === undefined ? {} : { onTier }),
      }),
    );
  const info = (serviceUrl: string): Promise<ServiceInfo> => client(serviceUrl, null).service();

  return {
    info,
    me: (serviceUrl, tokens, onTier) => client(serviceUrl, tokens, onTier).me(),
    async preview(address) {
      const serviceUrl = checkedServiceAddress(address);
      const { name, tracks, signIn, hasPicture } = await info(serviceUrl);
      const picture =
        hasPicture === true
          ? await fetchServicePicture({
              serviceUrl,
              fetch: options.fetch,
              signal: AbortSignal.any([options.closing, AbortSignal.timeout(ANSWER_MS)]),
            })
          : null;
      return {
        serviceUrl,
        name,
        picture,
        tracks,
        signIn: signIn === null || signIn === undefined ? 'none' : 'needed',
        demo: signIn?.demo ?? false,
      };
    },
  };
};
