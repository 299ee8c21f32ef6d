import type { ProxySettings } from '../../contract/settings.ts';
import type { HostPorts, Log, SecretStore } from '../ports.ts';

const NAME = 'proxy-password';

export interface ProxySecret {
  /** Says how the network is reached, as it is set now. */
  tell(): Promise<void>;
  settingsChanged(): void;
  /** Kept when it resolves, and in use. Rejects when the key store cannot keep it. */
  set(password: string | null): Promise<void>;
  isThere(): Promise<boolean>;
}

/** Brings the proxy's settings and its password together for whoever reaches the network; the password goes nowhere else. */
export const createProxySecret = (options: {
  readonly secrets: SecretStore;
  readonly proxy: () => ProxySettings;
  readonly useProxy: HostPorts['useProxy'] | undefined;
  readonly log: Log;
}): ProxySecret => {
  const { secrets, proxy, useProxy, log } = options;
  let told: ProxySettings | null = null;

  /** Without the key store the proxy is asked without a password, and says so itself. */
  const read = async (): Promise<string | null> => {
    try {
      return await secrets.read(NAME);
    } catch (error) {
      log.warn('the password of the proxy could not be read', { error });
      return null;
    }
  };

  const tell = async (): Promise<void> => {
    if (useProxy === undefined) return;
    const settings = proxy();
    told = settings;
    const password = settings.mode === 'manual' ? await read() : null;
    // While the key store was asked, something newer may have been said.
    if (told === settings) useProxy({ ...settings, password });
  };

  return {
    tell,
    settingsChanged() {
      if (JSON.stringify(proxy()) !== JSON.stringify(told)) void tell();
    },
    async set(password) {
      if (password === null) await secrets.remove(NAME);
      else await secrets.write(NAME, password);
      await tell();
    },
    isThere: async () => (await secrets.read(NAME)) !== null,
  };
};
