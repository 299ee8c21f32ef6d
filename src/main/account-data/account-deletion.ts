import type { Account } from '../../contract/session.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { catalogPaths } from '../../contract/catalog-http.ts';
import { createServiceRequests } from '../catalog-client/service-requests.ts';
import type { HostPorts } from '../ports.ts';
import type { Tokens } from '../session/session-contract.ts';

export interface AccountDeletion {
  /**
   * Resolves when the service said that nothing is left. Rejects with a `HostFailure`; then it may have been deleted all the same, if the
   * answer was lost, and asking again is right.
   */
  atService(account: Account, tokens: Tokens): Promise<void>;
  /** The host of an issuer that is not the service itself, where the account stays; null: it is the service's own, or not known. */
  issuerElsewhere(serviceUrl: string, signIn: { readonly issuer: string } | null): string | null;
}

/** Every playlist of a listener is gone through. */
const ANSWER_MS = 120_000;

export const createAccountDeletion = (
  options: Pick<HostPorts, 'fetch' | 'clock' | 'isOnline'> & { readonly closing: AbortSignal },
): AccountDeletion => ({
  async atService({ serviceUrl, me }, tokens) {
    const requests = createServiceRequests({
      ...options,
      serviceUrl,
      tokens,
      timeoutMs: ANSWER_MS,
      onOutcome: () => undefined,
    });
    try {
      await requests.remove(catalogPaths.me, { confirm: me.id });
    } catch (error) {
      // Of the key store; to whoever asked, a disk that fails is one that fails after the service has deleted everything.
      if (error instanceof HostFailure && error.code === 'storage_failed')
        throw new HostFailure('internal', 'the key store does not give a token', { cause: error });
      throw error;
    }
  },
  issuerElsewhere(serviceUrl, signIn) {
    if (signIn === null) return null;
    const issuer = new URL(signIn.issuer);
    return issuer.origin === new URL(serviceUrl).origin ? null : issuer.host;
  },
});
