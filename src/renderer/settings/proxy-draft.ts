import { proxySettingsSchema, type ProxySettings } from '../../contract/settings.ts';

/** What stands in the form. An empty password means "as it was". */
export interface ProxyDraft {
  readonly server: string;
  readonly username: string;
  readonly password: string;
  readonly bypass: string;
}

/** As it is stored: a host without a scheme is an HTTP proxy. */
const asAddress = (typed: string): string => {
  const server = typed.trim();
  return server === '' || server.includes('://') ? server : `http://${server}`;
};

export type CheckedDraft =
  | { readonly kind: 'right'; readonly proxy: ProxySettings; readonly password: string | null }
  | { readonly kind: 'wrong'; readonly problem: 'noServer' | 'badServer' };

/** What would be set. `password`: null leaves the one that is kept. */
export const checkDraft = (draft: ProxyDraft): CheckedDraft => {
  const server = asAddress(draft.server);
  if (server === '') return { kind: 'wrong', problem: 'noServer' };
  const parsed = proxySettingsSchema.safeParse({
    mode: 'manual',
    server,
    username: draft.username.trim(),
    bypass: draft.bypass.trim(),
  });
  if (!parsed.success || !URL.canParse(server)) return { kind: 'wrong', problem: 'badServer' };
  return { kind: 'right', proxy: parsed.data, password: draft.password === '' ? null : draft.password };
};

/** A password is of one name at one server: to another it is not handed on. */
export const isOtherLogin = (one: ProxySettings, other: ProxySettings): boolean =>
  one.server !== other.server || one.username !== other.username;
