import type { ReactNode } from 'react';
import { useMark } from '../offline/marks-store.ts';
import { OfflineMark } from '../offline/offline-mark.tsx';
import { useIsAway } from '../offline/use-is-away.ts';

/** The offline mark of a row. It listens by itself: an answer of the host draws marks, not rows. */
export function RowMark({ trackId }: { readonly trackId: string }): ReactNode {
  return <OfflineMark mark={useMark(trackId)} isAway={useIsAway()} />;
}
