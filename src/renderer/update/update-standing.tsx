import {
  ArrowDownToLine,
  CircleArrowUp,
  CircleCheck,
  CircleOff,
  RefreshCw,
  TriangleAlert,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { UpdateState } from '../../contract/update.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatBytes, formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useIsPlaying } from '../playback/playback-hooks.ts';
import { Button } from '../ui/button.tsx';
import { RestartButtons, useRestartsAfterTrack } from './restart-buttons.tsx';
import { acknowledgeRollback, checkForUpdates, downloadUpdate, skipVersion } from './update-actions.ts';
import styles from './update-settings.module.css';

type Of<Name extends UpdateState['state']> = Extract<UpdateState, { readonly state: Name }>;

interface StandingProps {
  readonly icon: LucideIcon;
  readonly tone?: 'attention' | 'done' | 'accent';
  readonly title: string;
  readonly help: ReactNode;
  readonly helpId?: string;
  readonly children?: ReactNode;
}

/** An icon, a sentence that is read out when it changes, what it means, what can be done. */
function Standing({ icon: Icon, tone, title, help, helpId, children }: StandingProps) {
  return (
    <div className={styles.standing}>
      <Icon size={20} aria-hidden className={styles.icon} data-tone={tone} />
      <div className={styles.words}>
        <p role="status" className={styles.title}>
          {title}
        </p>
        <div id={helpId} className={styles.help}>
          {help}
        </div>
        {children !== undefined && <div className={styles.actions}>{children}</div>}
      </div>
    </div>
  );
}

function SkipButton({ version, isAlone = false }: { readonly version: string; readonly isAlone?: boolean }) {
  const t = useTexts('update');
  return (
    <Button variant={isAlone ? 'outline' : 'bare'} onClick={() => void skipVersion(version)}>
      {t('actions.skip')}
    </Button>
  );
}

function Idle({ checkedAt }: Of<'idle'>) {
  const t = useTexts('update');
  const hasAsked = checkedAt !== null;
  return (
    <Standing
      icon={CircleCheck}
      {...(hasAsked ? { tone: 'done' } : {})}
      title={t(hasAsked ? 'idle.title' : 'idle.never')}
      help={hasAsked ? t('idle.asked', { moment: formatMoment(checkedAt) }) : t('idle.soon')}
    >
      <Button icon={RefreshCw} onClick={() => void checkForUpdates()}>
        {t('actions.check')}
      </Button>
    </Standing>
  );
}

function Available({ version, sizeBytes, waits }: Of<'available'>) {
  const t = useTexts('update');
  return (
    <Standing
      icon={CircleArrowUp}
      tone="accent"
      title={t('available.title', { version })}
      help={t(`available.${waits ?? 'now'}`, { size: formatBytes(sizeBytes) })}
    >
      {waits !== null && (
        <Button variant="primary" icon={ArrowDownToLine} onClick={() => void downloadUpdate()}>
          {t(waits === 'metered' ? 'actions.downloadAnyway' : 'actions.download')}
        </Button>
      )}
      <SkipButton version={version} isAlone={waits === null} />
    </Standing>
  );
}

function Downloading({ version, doneBytes, totalBytes }: Of<'downloading'>) {
  const t = useTexts('update');
  return (
    <Standing
      icon={ArrowDownToLine}
      tone="accent"
      title={t('downloading.title', { version })}
      help={
        <>
          <progress
            className={styles.progress}
            max={Math.max(1, totalBytes)}
            value={doneBytes}
            aria-label={t('downloading.meter')}
          />
          {t('downloading.progress', { done: formatBytes(doneBytes), total: formatBytes(totalBytes) })}
        </>
      }
    >
      <SkipButton version={version} isAlone />
    </Standing>
  );
}

function Ready({ version }: Of<'ready'>) {
  const t = useTexts('update');
  const isPlaying = useIsPlaying();
  const isWaiting = useRestartsAfterTrack();
  const helpId = useId();
  const help = isWaiting ? 'waiting' : isPlaying ? 'playing' : 'help';
  return (
    <Standing
      icon={CircleArrowUp}
      tone="accent"
      title={t('ready.title', { version })}
      help={t(`ready.${help}`)}
      helpId={helpId}
    >
      <RestartButtons describedBy={helpId} />
      <SkipButton version={version} />
    </Standing>
  );
}

function RolledBack({ from, to, at }: Of<'rolled_back'>) {
  const t = useTexts('update');
  return (
    <Standing
      icon={Undo2}
      tone="attention"
      title={t('rolledBack.title', { from })}
      help={t('rolledBack.help', { from, to, moment: formatMoment(at) })}
    >
      <Button onClick={() => void acknowledgeRollback()}>{t('actions.acknowledge')}</Button>
    </Standing>
  );
}

function Failed({ reason, retryAt }: Of<'failed'>) {
  const t = useTexts('update');
  return (
    <Standing
      icon={TriangleAlert}
      tone="attention"
      title={t(`reasons.${reason}.title`)}
      help={
        <>
          <p>{t(`reasons.${reason}.help`)}</p>
          <p>{t('failed.retry', { moment: formatMoment(retryAt) })}</p>
        </>
      }
    >
      <Button icon={RefreshCw} onClick={() => void checkForUpdates()}>
        {t('actions.again')}
      </Button>
    </Standing>
  );
}

/** How updates stand, in words, and what can be done about it now. */
export function UpdateStanding({ update }: { readonly update: UpdateState }) {
  const t = useTexts('update');
  switch (update.state) {
    case 'unsupported':
      return (
        <Standing icon={CircleOff} title={t('unsupported.title')} help={t(`unsupported.${update.because}`)} />
      );
    case 'off':
      return <Standing icon={CircleOff} title={t('off.title')} help={t('off.help')} />;
    case 'idle':
      return <Idle {...update} />;
    case 'checking':
      return (
        <Standing icon={RefreshCw} title={t('checking.title')} help={t('checking.help')}>
          <Button icon={RefreshCw} disabled>
            {t('actions.check')}
          </Button>
        </Standing>
      );
    case 'available':
      return <Available {...update} />;
    case 'downloading':
      return <Downloading {...update} />;
    case 'ready':
      return <Ready {...update} />;
    case 'installing':
      return (
        <Standing
          icon={CircleArrowUp}
          tone="accent"
          title={t('installing.title', { version: update.version })}
          help={t('installing.help')}
        />
      );
    case 'rolled_back':
      return <RolledBack {...update} />;
    case 'failed':
      return <Failed {...update} />;
    default:
      return assertNever(update);
  }
}
