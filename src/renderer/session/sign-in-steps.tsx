import { CircleAlert, Copy, ExternalLink, RotateCw } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import type { SignIn } from '../../contract/session.ts';
import { formatTimeOfDay } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.ts';
import { shortAddress } from './account-words.ts';
import { openSignInPageAgain, signInOnceMore } from './sign-in-actions.ts';
import { useSignInStore } from './sign-in-store.ts';
import styles from './sign-in.module.css';
import { useFocusWhenLost } from './use-focus-when-lost.ts';

type Step<Name extends SignIn['step']> = SignIn & { readonly step: Name };

interface StepFrameProps {
  readonly title: string;
  readonly help: ReactNode;
  readonly children?: ReactNode;
}

/** One step: what is going on, what to do about it. Read out when it comes. */
function StepFrame({ title, help, children }: StepFrameProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusWhenLost(heading);
  return (
    <>
      <div role="status">
        <h2 ref={heading} tabIndex={-1} className={styles.heading}>
          {title}
        </h2>
        <p className={styles.help}>{help}</p>
      </div>
      {children}
    </>
  );
}

/** Copies, and says so. */
function useCopy(): (text: string, done: string) => void {
  const t = useTexts('session');
  return (text, done) => {
    const copied = navigator.clipboard.writeText(text);
    copied
      .then(() => showToast({ tone: 'done', text: done }))
      .catch(() => showToast({ tone: 'failed', text: t('signIn.steps.notCopied') }));
  };
}

export interface StepProps<Name extends SignIn['step']> {
  readonly signIn: Step<Name>;
  /** Stops the sign-in, or goes back to choosing a service. */
  readonly onCancel: () => void;
}

function CancelButton({ onCancel }: { readonly onCancel: () => void }): ReactNode {
  const ui = useTexts('ui');
  return (
    <Button variant="bare" onClick={onCancel}>
      {ui('cancel')}
    </Button>
  );
}

export function AskingStep({ signIn, onCancel }: StepProps<'asking'>): ReactNode {
  const t = useTexts('session');
  return (
    <StepFrame
      title={t('signIn.steps.asking', { service: shortAddress(signIn.serviceUrl) })}
      help={t('signIn.steps.askingHelp')}
    >
      <div className={styles.actions}>
        <CancelButton onCancel={onCancel} />
      </div>
    </StepFrame>
  );
}

export function InBrowserStep({ signIn, onCancel }: StepProps<'in_browser'>): ReactNode {
  const t = useTexts('session');
  const copy = useCopy();
  const isOpened = useSignInStore(({ openedAddress }) => openedAddress === signIn.address);
  const isOpen = signIn.openedByHost || isOpened;
  return (
    <StepFrame
      title={t('signIn.steps.inBrowser')}
      help={t(isOpen ? 'signIn.steps.inBrowserHelp' : 'signIn.steps.notOpened')}
    >
      <div className={styles.actions}>
        {isOpen ? (
          <Button icon={ExternalLink} onClick={() => void openSignInPageAgain(signIn)}>
            {t('signIn.steps.openAgain')}
          </Button>
        ) : (
          <a className={styles.link} href={signIn.address} target="_blank" rel="noopener noreferrer">
            <ExternalLink size={16} aria-hidden />
            {t('signIn.steps.openPage')}
          </a>
        )}
        <Button icon={Copy} onClick={() => copy(signIn.address, t('signIn.steps.copied'))}>
          {t('signIn.steps.copyAddress')}
        </Button>
        <CancelButton onCancel={onCancel} />
      </div>
    </StepFrame>
  );
}

export function OnDeviceStep({ signIn, onCancel }: StepProps<'on_device'>): ReactNode {
  const t = useTexts('session');
  const copy = useCopy();
  return (
    <StepFrame title={t('signIn.steps.onDevice')} help={t('signIn.steps.onDeviceHelp')}>
      <dl className={styles.device}>
        <dt>{t('signIn.steps.address')}</dt>
        <dd className={styles.address}>{shortAddress(signIn.address)}</dd>
        <dt>{t('signIn.steps.code')}</dt>
        <dd className={styles.code}>{signIn.code}</dd>
      </dl>
      <p className={styles.note}>
        {t('signIn.steps.goodUntil', { time: formatTimeOfDay(signIn.expiresAt) })}
      </p>
      <div className={styles.actions}>
        <Button icon={Copy} onClick={() => copy(signIn.code, t('signIn.steps.codeCopied'))}>
          {t('signIn.steps.copyCode')}
        </Button>
        <CancelButton onCancel={onCancel} />
      </div>
    </StepFrame>
  );
}

export function FinishingStep(): ReactNode {
  const t = useTexts('session');
  return <StepFrame title={t('signIn.steps.finishing')} help={t('signIn.steps.askingHelp')} />;
}

export function FailedStep({ signIn, onCancel }: StepProps<'failed'>): ReactNode {
  const t = useTexts('session');
  return (
    <StepFrame
      title={t('signIn.steps.failed')}
      help={
        <>
          <CircleAlert size={14} aria-hidden />
          {t(`signIn.failures.${signIn.failure}`)}
        </>
      }
    >
      <div className={styles.actions}>
        <Button variant="primary" icon={RotateCw} onClick={() => void signInOnceMore(signIn)}>
          {t('signIn.steps.again')}
        </Button>
        <Button variant="bare" onClick={onCancel}>
          {t('signIn.steps.back')}
        </Button>
      </div>
    </StepFrame>
  );
}
