import { ExternalLink, Share2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { HostFailure } from '../../contract/host-error.ts';
import {
  mastodonAddress,
  mastodonHost,
  SHARE_TARGETS,
  targetAddress,
  type SharedWords,
} from '../../core/share/share-targets.ts';
import { host } from '../host/host-client.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { reportFailure } from '../report-failure.ts';
import { Button } from '../ui/button.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { showToast } from '../ui/toast.ts';
import { rememberedMastodon, rememberMastodon } from './mastodon-server.ts';
import styles from './share-dialog.module.css';

/** Buttons for everywhere a link can be sent to. */
export function ShareTargets({ words }: { readonly words: SharedWords }): ReactNode {
  const t = useTexts('share');
  const [asksServer, setAsksServer] = useState(false);
  const open = async (url: string): Promise<void> => {
    try {
      await host.app.openExternal({ url });
    } catch (failure) {
      if (!(failure instanceof HostFailure)) throw failure;
      showToast({ tone: 'failed', text: t('notOpened') });
    }
  };
  const shared = { url: words.url, title: words.text };
  const hasSystemSheet = typeof navigator.share === 'function' && navigator.canShare?.(shared) === true;
  const openSheet = (): void => {
    navigator.share(shared).catch((failure: unknown) => {
      // Closed without choosing anything.
      if (!(failure instanceof DOMException && failure.name === 'AbortError')) reportFailure(failure);
    });
  };
  return (
    <section aria-label={t('sendTo')} className={styles.section}>
      <h3 className={styles.heading}>{t('sendTo')}</h3>
      <div className={styles.targets}>
        {SHARE_TARGETS.map((target) => (
          <Button key={target} onClick={() => void open(targetAddress(target, words))}>
            {t(`targets.${target}`)}
          </Button>
        ))}
        <Button aria-expanded={asksServer} onClick={() => setAsksServer((asks) => !asks)}>
          {t('targets.mastodon')}
        </Button>
        {hasSystemSheet && (
          <Button icon={Share2} onClick={openSheet}>
            {t('targets.system')}
          </Button>
        )}
      </div>
      {asksServer && <MastodonServer onGo={(server) => void open(mastodonAddress(server, words))} />}
      <p className={styles.note}>{t('opened')}</p>
    </section>
  );
}

function MastodonServer({ onGo }: { readonly onGo: (server: string) => void }): ReactNode {
  const t = useTexts('share');
  const [written, setWritten] = useState(rememberedMastodon);
  const [wasWrong, setWasWrong] = useState(false);
  const server = mastodonHost(written);
  return (
    <form
      className={styles.mastodon}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setWasWrong(server === null);
        if (server === null) return;
        rememberMastodon(server);
        onGo(server);
      }}
    >
      <TextInput
        label={t('mastodon.instance')}
        labelShown
        value={written}
        placeholder={t('mastodon.placeholder')}
        help={t('mastodon.help')}
        error={wasWrong && server === null ? t('mastodon.wrong') : null}
        onChange={setWritten}
      />
      <Button type="submit" icon={ExternalLink}>
        {t('mastodon.go')}
      </Button>
    </form>
  );
}
