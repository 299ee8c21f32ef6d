/**
 * What stands in the search box while it is ahead of the address: letters show at once, the address (and with it the
 * asking) follows after a short pause, so that fast typing asks once.
 */
import { create } from 'zustand';

/** Typing at 60 words a minute leaves 200 ms between letters, a burst 60 to 90 ms (Dhakal et al., 2018). */
export const TYPING_PAUSE_MS = 100;

/** Null: the box shows what the address says. */
export const useSearchDraft = create<{ readonly draft: string | null }>(() => ({ draft: null }));

let pending: { readonly timer: ReturnType<typeof setTimeout>; readonly commit: () => void } | null = null;

/** Shows `text` at once and commits it after the pause; a newer text takes an older one's place. */
export const draftSearch = (text: string, commit: (text: string) => void): void => {
  dropDraft();
  useSearchDraft.setState({ draft: text });
  const carryOut = (): void => {
    pending = null;
    commit(text);
    useSearchDraft.setState({ draft: null });
  };
  pending = { timer: setTimeout(carryOut, TYPING_PAUSE_MS), commit: carryOut };
};

/** Commits at once what waits, as on Enter. */
export const commitDraft = (): void => {
  if (pending === null) return;
  clearTimeout(pending.timer);
  pending.commit();
};

/** Forgets what waits: the listener went elsewhere. */
export const dropDraft = (): void => {
  if (pending !== null) clearTimeout(pending.timer);
  pending = null;
  useSearchDraft.setState({ draft: null });
};
