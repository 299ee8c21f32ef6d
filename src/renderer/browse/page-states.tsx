import { useMutation } from '@tanstack/react-query';
import { House, KeyRound, RefreshCw, Search } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { HostFailure } from '../../contract/host-error.ts';
import { hasPartFromComputer } from '../host/queries.ts';
import { formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useSession } from '../session/session-store.ts';
import { signInAgain } from '../session/sign-in-actions.ts';
import { checkService, useStatus } from '../status/status-store.ts';
import { Button } from '../ui/button.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { FromComputerLine } from './from-computer-line.tsx';
import { computerPath } from './paths.ts';

/** Whole seconds until the host asks the service again by itself; null when it is not waiting to. */
function useSecondsUntilRetry(): number | null {
  const retryAt = useStatus(({ service }) => (service.state === 'unreachable' ? service.retryAt : null));
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (retryAt === null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [retryAt]);
  return retryAt === null ? null : Math.max(0, Math.ceil((Date.parse(retryAt) - now) / 1000));
}

function ServiceHelp(): ReactNode {
  const t = useTexts('browse');
  const seconds = useSecondsUntilRetry();
  if (seconds === null || seconds === 0) return t('states.serviceHelp');
  return t('states.serviceHelpAt', { time: formatDuration(seconds * 1000) });
}

function TryNow({ onRetry }: { readonly onRetry: () => unknown }): ReactNode {
  const t = useTexts('browse');
  const attempt = useMutation<unknown, HostFailure>({
    mutationFn: async () => {
      await checkService();
      await onRetry();
    },
  });
  return (
    <Button icon={RefreshCw} disabled={attempt.isPending} onClick={() => attempt.mutate()}>
      {t('states.tryNow')}
    </Button>
  );
}

/** What can be done while the catalog cannot be asked. */
function AwayActions({ onRetry }: { readonly onRetry: () => unknown }): ReactNode {
  const t = useTexts('browse');
  const [, navigate] = useLocation();
  const playable = useStatus((status) => status.playable.tracks);
  return (
    <>
      <TryNow onRetry={onRetry} />
      {playable > 0 && (
        <Button variant="bare" onClick={() => navigate(computerPath())}>
          {t('states.showWhatPlays')}
        </Button>
      )}
    </>
  );
}

/** Signing in again, when that is what is asked for; else the account may be there again. */
function SignInAction({ onRetry }: { readonly onRetry: () => unknown }): ReactNode {
  const t = useTexts('browse');
  const account = useSession(({ session }) => (session.state === 'sign_in_again' ? session.account : null));
  if (account === null) return <TryNow onRetry={onRetry} />;
  return (
    <Button icon={KeyRound} onClick={() => void signInAgain(account)}>
      {t('states.signIn')}
    </Button>
  );
}

function NotFound({ title, help }: { readonly title: string; readonly help: string }): ReactNode {
  const t = useTexts('browse');
  const [, navigate] = useLocation();
  return (
    <PageMessage
      kind="empty"
      title={title}
      help={help}
      actions={
        <>
          <Button icon={Search} onClick={() => navigate('/search')}>
            {t('states.search')}
          </Button>
          <Button variant="bare" icon={House} onClick={() => navigate('/')}>
            {t('states.goHome')}
          </Button>
        </>
      }
    />
  );
}

export interface FailureMessageProps {
  readonly failure: HostFailure;
  /** What to say when the thing itself is not there. */
  readonly notFoundTitle?: string | undefined;
  readonly onRetry: () => unknown;
}

/** Why a page cannot be shown, in words, and what can be done about it. */
export function FailureMessage({ failure, notFoundTitle, onRetry }: FailureMessageProps): ReactNode {
  const t = useTexts('browse');
  switch (failure.code) {
    case 'not_found':
    case 'invalid_argument':
      return <NotFound title={notFoundTitle ?? t('states.notFound')} help={t('states.notFoundHelp')} />;
    case 'gone':
      return <NotFound title={t('states.goneTitle')} help={t('states.goneHelp')} />;
    case 'offline':
      return (
        <PageMessage
          kind="offline"
          title={t('states.offlineTitle')}
          help={t('states.offlineHelp')}
          actions={<AwayActions onRetry={onRetry} />}
        />
      );
    case 'service_unreachable':
      return (
        <PageMessage
          kind="error"
          title={t('states.serviceTitle')}
          help={<ServiceHelp />}
          actions={<AwayActions onRetry={onRetry} />}
        />
      );
    case 'sign_in_required':
      return (
        <PageMessage
          kind="error"
          title={t('states.signInTitle')}
          help={t('states.signInHelp')}
          actions={<SignInAction onRetry={onRetry} />}
        />
      );
    case 'premium_required':
      return <PageMessage kind="empty" title={t('states.premiumTitle')} help={t('states.premiumHelp')} />;
    case 'too_many_requests':
      return (
        <PageMessage
          kind="error"
          title={t('states.busyTitle')}
          help={t('states.busyHelp')}
          actions={<TryNow onRetry={onRetry} />}
        />
      );
    default:
      return (
        <PageMessage
          kind="error"
          title={t('states.failedTitle')}
          help={t('states.failedHelp')}
          actions={<TryNow onRetry={onRetry} />}
        />
      );
  }
}

export interface QueryStateProps<Value> {
  readonly query: {
    readonly data: Value | undefined;
    readonly error: HostFailure | null;
    readonly refetch: () => unknown;
  };
  /** Of the final sizes, so that nothing moves when the answer comes. */
  readonly skeleton: ReactNode;
  readonly notFoundTitle?: string;
  readonly children: (value: Value) => ReactNode;
}

/**
 * The answer, its skeleton until it is there, or the reason why it is not. An old answer beats a new failure; one that was
 * made without the service says so.
 */
export function QueryState<Value>({
  query,
  skeleton,
  notFoundTitle,
  children,
}: QueryStateProps<Value>): ReactNode {
  const t = useTexts('browse');
  if (query.data !== undefined) {
    return (
      <>
        {hasPartFromComputer(query.data) && <FromComputerLine />}
        {children(query.data)}
      </>
    );
  }
  if (query.error !== null) {
    return (
      <FailureMessage failure={query.error} notFoundTitle={notFoundTitle} onRetry={() => query.refetch()} />
    );
  }
  return (
    <section aria-label={t('states.loading')} aria-busy>
      {skeleton}
    </section>
  );
}
