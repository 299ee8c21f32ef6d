/** Changes of the library that are said by a toast, with "Undo" on it; and what could not be done, in words. */
import { HostFailure } from '../../contract/host-error.ts';
import { host } from '../host/host-client.ts';
import { i18n } from '../i18n/i18n.ts';
import { showToast } from '../ui/toast.ts';

const say = i18n.getFixedT(null, 'library');

/** Says that something was not done, and why. What is no failure of the host is thrown on. */
export function sayNotDone(text: string, failure: unknown): void {
  if (!(failure instanceof HostFailure)) throw failure;
  showToast({ tone: 'failed', text, detail: i18n.t(`why.${failure.code}`, { ns: 'offline' }) });
}

const takeBack = async (tokens: readonly string[]): Promise<void> => {
  try {
    // What was done last is taken back first.
    for (const token of tokens.toReversed()) await host.library.undo({ token });
  } catch (failure) {
    sayNotDone(say('toast.notUndone'), failure);
  }
};

/** Says what was done. `tokens` of what changed nothing are null; "Undo" is there when something can be taken back. */
export function sayDone(text: string, tokens: readonly (string | null)[], detail?: string): void {
  const given = tokens.filter((token) => token !== null);
  showToast({
    tone: 'done',
    text,
    ...(detail === undefined ? {} : { detail }),
    ...(given.length === 0
      ? {}
      : { action: { label: say('toast.undo'), onSelect: () => void takeBack(given) } }),
  });
}
