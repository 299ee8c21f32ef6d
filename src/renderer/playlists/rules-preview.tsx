import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, type ReactNode } from 'react';
import type { SmartRules } from '../../core/library/smart/rules.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatCount, formatLongDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Cover } from '../ui/cover.tsx';
import { previewQuery } from './playlist-queries.ts';
import styles from './rules.module.css';
import { smartSentence } from './smart-words.ts';

/** What rules say and give now, as they are put together. */
export function RulesPreview(props: { readonly rules: SmartRules; readonly isWhole: boolean }): ReactNode {
  const { isWhole } = props;
  const t = useTexts('playlists');
  // Typing never waits for the count.
  const rules = useDeferredValue(props.rules);
  const preview = useQuery({ ...previewQuery(rules), enabled: isWhole });
  const { data } = preview;
  const words = ((): string => {
    if (!isWhole) return t('smart.mendFirst');
    if (preview.error !== null) return t('smart.notCounted');
    if (data === undefined) return t('smart.counting');
    if (data.total === 0) return t('smart.countNone');
    const duration = formatLongDuration(data.durationMs);
    return t('smart.count', { count: data.total, formatted: formatCount(data.total), duration });
  })();
  return (
    <section aria-label={t('smart.preview')} className={styles.preview}>
      {isWhole && <p className={styles.sentence}>{smartSentence(t, rules)}</p>}
      <p role="status" className={styles.count}>
        {words}
      </p>
      <ol className={styles.tracks} aria-label={t('smart.preview')}>
        {isWhole &&
          data?.tracks.slice(0, 5).map((track) => (
            <li key={track.id} className={styles.track}>
              <Cover src={coverUrl(track.artwork, 28)} alt="" size={28} />
              <span className={styles.trackTitle}>{track.title}</span>
              <span className={styles.trackArtist}>{track.artists.map(({ name }) => name).join(', ')}</span>
            </li>
          ))}
      </ol>
      <p className={styles.help}>{t('smart.knownOnly')}</p>
    </section>
  );
}
