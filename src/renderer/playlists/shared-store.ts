import { create } from 'zustand';

/**
 * The link that `SHARED_PATH` shows the way to. It is a secret: in the page's address it would stand in the history of a browser and
 * in reports.
 */
export const useSharedLink = create<{ readonly shareId: string | null }>(() => ({ shareId: null }));

export const SHARED_PATH = '/shared';

/** Opens what somebody shared, by the id of the sharing. */
export const showShared = (shareId: string, navigate: (path: string) => void): void => {
  useSharedLink.setState({ shareId });
  navigate(SHARED_PATH);
};
