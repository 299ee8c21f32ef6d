import { create } from 'zustand';

/** What can stand at the right of the page; one at a time. */
export type SidePanelName = 'queue' | 'lyrics';

const WIDE_PX = 1920;

/** On wide windows there is room for it from the start. */
const useSidePanelStore = create<{ readonly open: SidePanelName | null }>(() => ({
  open: window.innerWidth >= WIDE_PX ? 'queue' : null,
}));

export const useSidePanel = (): SidePanelName | null => useSidePanelStore((state) => state.open);

export const currentSidePanel = (): SidePanelName | null => useSidePanelStore.getState().open;

export function toggleSidePanel(panel: SidePanelName): void {
  useSidePanelStore.setState(({ open }) => ({ open: open === panel ? null : panel }));
}

export function closeSidePanel(): void {
  useSidePanelStore.setState({ open: null });
}
