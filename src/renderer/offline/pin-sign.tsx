import { CircleCheck, CircleDashed, Lock, Pause, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Lease, Pin } from '../../contract/offline.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { ProgressRing } from '../ui/progress-ring.tsx';
import styles from './pin-sign.module.css';
import { shareOf } from './pin-rules.ts';

export interface PinSignProps {
  readonly pin: Pin;
  readonly lease: Lease;
  /** Px. */
  readonly size: 14 | 16;
}

/** How far something is that is kept, as an icon. The words stand beside it, or are its name. */
export function PinSign({ pin, lease, size }: PinSignProps): ReactNode {
  switch (pin.state.kind) {
    case 'kept':
      return lease.state === 'over' ? (
        <Lock size={size} aria-hidden className={styles.attention} />
      ) : (
        <CircleCheck size={size} aria-hidden className={styles.done} />
      );
    case 'fetching':
    case 'waiting':
      return <ProgressRing share={shareOf(pin)} size={size} />;
    case 'queued':
      return <CircleDashed size={size} aria-hidden />;
    case 'paused':
      return <Pause size={size} aria-hidden />;
    case 'failed':
      return <TriangleAlert size={size} aria-hidden className={styles.attention} />;
    default:
      return assertNever(pin.state);
  }
}
