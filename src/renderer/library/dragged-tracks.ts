/** Tracks on their way from a list to a playlist: at most one drag is under way in a window. */
import type { DragEvent } from 'react';
import { create } from 'zustand';
import type { Chosen } from '../track-list/chosen.ts';

const useDrag = create<{ readonly chosen: Chosen | null }>(() => ({ chosen: null }));

/** Whether tracks are being dragged, so that places to drop them can say so. */
export const useIsDraggingTracks = (): boolean => useDrag(({ chosen }) => chosen !== null);

/** What is being dragged now. */
export const draggedTracks = (): Chosen | null => useDrag.getState().chosen;

const BADGE_OFFSET_PX = 14;

/** Begins a drag; `words` say what hangs on the pointer, and are what another program gets. */
export function beginTrackDrag(event: DragEvent, chosen: Chosen, words: string): void {
  const { dataTransfer } = event;
  dataTransfer.effectAllowed = 'copy';
  dataTransfer.setData('text/plain', words);
  const badge = document.createElement('div');
  badge.dataset['dragBadge'] = '';
  badge.textContent = words;
  document.body.append(badge);
  dataTransfer.setDragImage(badge, -BADGE_OFFSET_PX, -BADGE_OFFSET_PX);
  // The picture has been taken when the next frame is drawn.
  requestAnimationFrame(() => badge.remove());
  // A page that changes while the browser begins a drag ends it again.
  setTimeout(() => useDrag.setState({ chosen }));
}

export const endTrackDrag = (): void => useDrag.setState({ chosen: null });
