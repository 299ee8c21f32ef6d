import type { HostApi } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { ProxySettings, Settings } from '../../contract/settings.ts';
import { isOtherLogin } from './proxy-draft.ts';

/**
 * Sets the proxy, and its password when that is not null. A kept password is forgotten before anything is sent to another server, and a
 * new one is kept only when its server is the one in use.
 */
export const setProxy = async (
  next: ProxySettings,
  password: string | null,
  ports: {
    readonly before: ProxySettings;
    /** False only where the key store said so. */
    readonly mayHavePassword: boolean;
    readonly change: (change: Partial<Settings>) => Promise<void>;
    readonly setPassword: HostApi['system']['setProxyPassword'];
  },
): Promise<'done' | 'notKept' | 'passwordNotKept'> => {
  const { before, mayHavePassword, change, setPassword } = ports;
  const attempt = async <Failure extends string>(
    act: () => Promise<void>,
    failure: Failure,
  ): Promise<Failure | null> => {
    try {
      await act();
      return null;
    } catch (error) {
      if (!(error instanceof HostFailure)) throw error;
      return failure;
    }
  };
  const forget =
    mayHavePassword && isOtherLogin(before, next)
      ? () => setPassword({ password: null })
      : async () => undefined;
  return (
    (await attempt(forget, 'passwordNotKept')) ??
    (await attempt(() => change({ proxy: next }), 'notKept')) ??
    (password === null ? null : await attempt(() => setPassword({ password }), 'passwordNotKept')) ??
    'done'
  );
};
