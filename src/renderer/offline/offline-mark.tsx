import {
  ArrowDownToLine,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CloudOff,
  Lock,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { formatPercent } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { mayKeepOffline, useSession } from '../session/session-store.ts';
import { classNames } from '../ui/class-names.ts';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { tooltip } from '../ui/tooltip.tsx';
import type { KnownMark } from './mark-board.ts';
import { cannotSound, markFace, type MarkFace } from './mark-face.ts';
import styles from './offline-mark.module.css';

const ICONS: Readonly<Record<Exclude<MarkFace['kind'], 'fetching'>, LucideIcon>> = {
  kept: ArrowDownToLine,
  cached: CircleCheck,
  queued: CircleDashed,
  needsNetwork: CloudOff,
  failed: CircleAlert,
  locked: Lock,
};

const nameOf = (t: ReturnType<typeof useTexts<'offline'>>, face: MarkFace, renews: boolean): string => {
  if (face.kind === 'locked' && !renews) return t('mark.lockedFree');
  if (face.kind === 'fetching') return t('mark.fetching', { percent: formatPercent(face.share) });
  if (face.kind === 'failed') return t('mark.failed', { reason: t(`why.${face.failure}`) });
  return t(`mark.${face.kind}`);
};

export interface OfflineMarkProps {
  /** Null: not on this computer; undefined: not known yet. */
  readonly mark: KnownMark;
  /** Whether the service is away; only then is a track that is not here worth a mark. */
  readonly isAway: boolean;
}

/**
 * How a track stands, as an icon with a name and a tooltip. Always as wide, also when there is nothing to say. What cannot
 * sound now carries `data-cannot-sound`, by which the row around it dims itself.
 */
export function OfflineMark({ mark, isAway }: OfflineMarkProps): ReactNode {
  const face = markFace(mark, isAway);
  return face === null ? <span className={styles.mark} /> : <Face face={face} />;
}

function Face({ face }: { readonly face: MarkFace }): ReactNode {
  const t = useTexts('offline');
  const renews = useSession(mayKeepOffline);
  const name = nameOf(t, face, renews);
  return (
    <span
      role="img"
      aria-label={name}
      className={classNames(styles.mark, styles[face.kind])}
      data-cannot-sound={cannotSound(face) || undefined}
      {...tooltip(name)}
    >
      <Sign face={face} />
    </span>
  );
}

function Sign({ face }: { readonly face: MarkFace }): ReactNode {
  if (face.kind === 'fetching') return <ProgressRing share={face.share} size={14} />;
  const Icon = ICONS[face.kind];
  return <Icon size={14} aria-hidden />;
}
