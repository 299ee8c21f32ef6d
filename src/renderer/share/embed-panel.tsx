import { useId, type ReactNode } from 'react';
import { coverUrl } from '../host/media-address.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Cover } from '../ui/cover.tsx';
import { Logo } from '../ui/logo.tsx';
import { CopyButton } from './copy-button.tsx';
import styles from './share-dialog.module.css';
import type { Shareable } from './share-store.ts';

const COVER_PX = 96;

export interface EmbedPanelProps {
  readonly what: Shareable;
  readonly code: string;
  readonly hasPreviews: boolean;
}

/** The code of the embedded card, and a picture of the card: nothing of the service's pages runs in this window. */
export function EmbedPanel({ what, code, hasPreviews }: EmbedPanelProps): ReactNode {
  const t = useTexts('share');
  const id = useId();
  return (
    <>
      <figure className={styles.figure}>
        <figcaption className={styles.heading}>{t('embed.preview')}</figcaption>
        <div className={styles.card}>
          <div className={styles.cardCover}>
            <Cover src={coverUrl(what.artwork ?? null, COVER_PX)} alt="" />
          </div>
          <div className={styles.cardWords}>
            <span className={styles.cardTitle}>{what.title}</span>
            <span className={styles.cardPeople}>{what.people}</span>
            <span className={styles.cardFoot}>
              <span className={styles.cardButton}>{t('embed.open')}</span>
              <Logo shape="mark" height={20} />
            </span>
          </div>
        </div>
      </figure>
      <label className={styles.heading} htmlFor={id}>
        {t('embed.code')}
      </label>
      <textarea
        id={id}
        className={styles.field}
        readOnly
        rows={4}
        value={code}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
      />
      <div className={styles.row}>
        <p className={styles.note}>
          {t('embed.help')} {hasPreviews && t('embed.withPreviews')}
        </p>
        <CopyButton text={code}>{t('embed.copy')}</CopyButton>
      </div>
    </>
  );
}
