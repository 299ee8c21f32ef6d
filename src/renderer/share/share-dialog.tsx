import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'radix-ui';
import { useId, useState, type ReactNode } from 'react';
import { HostFailure } from '../../contract/host-error.ts';
import type { Sharing } from '../../contract/share-http.ts';
import { deepLinkOf, embedCode, shareUrl, type ShareLink } from '../../core/share/share-link.ts';
import { host } from '../host/host-client.ts';
import { formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Switch } from '../ui/switch.tsx';
import { showToast } from '../ui/toast.ts';
import { CopyButton } from './copy-button.tsx';
import { EmbedPanel } from './embed-panel.tsx';
import { QrCode } from './qr-code.tsx';
import styles from './share-dialog.module.css';
import { closeShare, useShare, type Shareable } from './share-store.ts';
import { ShareTargets } from './share-targets.tsx';

/** One dialog for everything that can be shared. */
export function ShareDialog(): ReactNode {
  const t = useTexts('share');
  const { what, playedMs } = useShare();
  return (
    <Dialog
      title={what === null ? t('menu') : t('title', { title: what.title })}
      open={what !== null}
      wide
      onOpenChange={(open) => {
        if (!open) closeShare();
      }}
    >
      {what !== null && <Content what={what} playedMs={playedMs} />}
    </Dialog>
  );
}

interface Shared {
  readonly sharing: Sharing;
  /** Of a playlist: what it is shared under. */
  readonly shareId: string | null;
}

const sharedOf = async ({ kind, id }: Shareable): Promise<Shared | null> => {
  const sharing = await host.share.info();
  if (sharing === null) return null;
  return { sharing, shareId: kind === 'playlist' ? (await host.share.playlist({ id })).shareId : null };
};

const linkOf = ({ kind, id }: Shareable, shareId: string | null, atMs: number): ShareLink => {
  switch (kind) {
    case 'track':
      return { kind, id, atMs };
    case 'album':
    case 'artist':
      return { kind, id };
    case 'playlist':
      return { kind, id: shareId ?? id };
  }
};

function Content({
  what,
  playedMs,
}: {
  readonly what: Shareable;
  readonly playedMs: number | null;
}): ReactNode {
  const t = useTexts('share');
  const query = useQuery({
    queryKey: ['share', what.kind, what.id],
    queryFn: () => sharedOf(what),
    gcTime: 0,
    staleTime: 0,
  });
  if (query.isPending)
    return (
      <div className={styles.waiting} role="status" aria-label={t('loading')}>
        <Skeleton height={36} />
        <Skeleton height={88} />
      </div>
    );
  if (query.isError) return <Failed failure={query.error} onAgain={() => void query.refetch()} />;
  if (query.data === null) return <NoPages what={what} playedMs={playedMs} />;
  return <Ways what={what} playedMs={playedMs} {...query.data} />;
}

function Failed({
  failure,
  onAgain,
}: {
  readonly failure: HostFailure;
  readonly onAgain: () => void;
}): ReactNode {
  const t = useTexts('share');
  const reason = (() => {
    switch (failure.code) {
      case 'offline':
      case 'service_unreachable':
        return t('failed.offline');
      case 'not_found':
        return t('failed.not_found');
      case 'forbidden':
        return t('failed.forbidden');
      default:
        return t('failed.other');
    }
  })();
  return (
    <div className={styles.message} role="alert">
      <p>{reason}</p>
      <Button onClick={onAgain}>{t('failed.again')}</Button>
    </div>
  );
}

/** Where a service has no public address, a link of the app is what there is. */
function NoPages({
  what,
  playedMs,
}: {
  readonly what: Shareable;
  readonly playedMs: number | null;
}): ReactNode {
  const t = useTexts('share');
  const link: ShareLink = linkOf(what, null, playedMs ?? 0);
  return (
    <div className={styles.message}>
      <p className={styles.strong}>{t('none.title')}</p>
      <p>{t('none.help')}</p>
      {what.kind !== 'playlist' && <CopyButton text={deepLinkOf(link)}>{t('none.copy')}</CopyButton>}
    </div>
  );
}

interface WaysProps extends Shared {
  readonly what: Shareable;
  readonly playedMs: number | null;
}

function Ways({ what, playedMs, sharing, shareId }: WaysProps): ReactNode {
  const t = useTexts('share');
  const [startsThere, setStartsThere] = useState(false);
  const link = linkOf(what, shareId, startsThere ? (playedMs ?? 0) : 0);
  const url = shareUrl(sharing.baseUrl, link);
  const people = what.people ?? '';
  const text = people === '' ? what.title : t('by', { title: what.title, people });
  return (
    <Tabs.Root defaultValue="link">
      <Tabs.List className={styles.tabs} aria-label={t('tabs.list')}>
        {(['link', 'qr', 'embed'] as const).map((tab) => (
          <Tabs.Trigger key={tab} value={tab} className={styles.tab}>
            {t(`tabs.${tab}`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {playedMs !== null && (
        <Switch
          label={t('startAt', { time: formatDuration(playedMs) })}
          checked={startsThere}
          onChange={setStartsThere}
        />
      )}
      <Tabs.Content value="link" className={styles.panel}>
        <LinkField url={url} />
        <ShareTargets words={{ url, text }} />
        <div className={styles.row}>
          <p className={styles.note}>{t(toldOf(what, shareId))}</p>
          {shareId !== null && shareId !== what.id && <StopSharing shareId={shareId} />}
        </div>
      </Tabs.Content>
      <Tabs.Content value="qr" className={styles.panel}>
        <QrCode link={url} title={what.title} />
      </Tabs.Content>
      <Tabs.Content value="embed" className={styles.panel}>
        <EmbedPanel
          what={what}
          code={embedCode(sharing.baseUrl, link, text)}
          hasPreviews={sharing.previews}
        />
      </Tabs.Content>
    </Tabs.Root>
  );
}

/** A public playlist is shared by its own id for as long as it is public: there is no link to take back. */
const toldOf = ({ kind, id }: Shareable, shareId: string | null) => {
  if (kind !== 'playlist') return 'told';
  return shareId === id ? 'toldPublic' : 'toldPlaylist';
};

function LinkField({ url }: { readonly url: string }): ReactNode {
  const t = useTexts('share');
  const id = useId();
  return (
    <div className={styles.link}>
      <label htmlFor={id} className={styles.hidden}>
        {t('link')}
      </label>
      <input
        id={id}
        className={styles.field}
        readOnly
        value={url}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
      />
      <CopyButton text={url} variant="primary">
        {t('copy')}
      </CopyButton>
    </div>
  );
}

function StopSharing({ shareId }: { readonly shareId: string }): ReactNode {
  const t = useTexts('share');
  const stop = async (): Promise<void> => {
    try {
      await host.share.revoke({ shareId });
      closeShare();
      showToast({ tone: 'done', text: t('stopped') });
    } catch (failure) {
      if (!(failure instanceof HostFailure)) throw failure;
      showToast({ tone: 'failed', text: t('failed.offline') });
    }
  };
  return (
    <Button variant="danger" onClick={() => void stop()}>
      {t('stop')}
    </Button>
  );
}
