import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

type EditedPart = 'name' | 'description';

/** What of a playlist is being edited in its place; at most one thing of a window is. */
export const editStore = createStore<{
  readonly edited: { readonly id: string; readonly part: EditedPart } | null;
}>(() => ({ edited: null }));

export const useEditing = (id: string): EditedPart | null =>
  useStore(editStore, ({ edited }) => (edited?.id === id ? edited.part : null));
