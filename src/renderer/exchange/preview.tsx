import { useState, type ReactNode } from 'react';
import type { ImportPreview } from '../../contract/exchange.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import styles from './exchange-page.module.css';
import { useStep } from './use-step.ts';

/** Their name says of what there are so many. */
const COUNTED_BARE: ReadonlySet<string> = new Set(['savedAlbums', 'savedArtists', 'plays']);

interface Choice {
  readonly key: string;
  readonly name: string;
  readonly count: number;
}

/** What was read, to choose from. */
export function Preview({ preview }: { readonly preview: ImportPreview }): ReactNode {
  const t = useTexts('exchange');
  const step = useStep();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const saved: readonly Choice[] = (['savedTracks', 'savedAlbums', 'savedArtists', 'plays'] as const)
    .map((key) => ({ key, name: t(`preview.${key}`), count: preview[key] }))
    .filter(({ count }) => count > 0);
  const playlists: readonly Choice[] = preview.playlists.map(({ name, tracks }, place) => ({
    key: `playlist-${place}`,
    name: name || t('preview.unnamed'),
    count: tracks,
  }));
  const choices = [...saved, ...playlists];
  const isChosen = ({ key }: Choice): boolean => !left.has(key);
  const toggle = (key: string): void => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    setLeft(next);
  };
  const start = (): void =>
    step.run(() =>
      host.exchange.start({
        playlists: playlists.flatMap((choice, place) => (isChosen(choice) ? [place] : [])),
        savedTracks: !left.has('savedTracks'),
        savedAlbums: !left.has('savedAlbums'),
        savedArtists: !left.has('savedArtists'),
        plays: !left.has('plays'),
      }),
    );
  return (
    <section aria-labelledby="exchange-preview" className={styles.narrow}>
      <h2 id="exchange-preview" className={styles.heading}>
        {t('preview.title')}
      </h2>
      {choices.length === 0 && <p className={styles.help}>{t('preview.nothing')}</p>}
      <ul className={styles.choices}>
        {choices.map((choice) => (
          <li key={choice.key}>
            <label className={styles.choice}>
              <input type="checkbox" checked={isChosen(choice)} onChange={() => toggle(choice.key)} />
              <span className={styles.choiceName}>{choice.name}</span>
              <span className={styles.count}>
                {COUNTED_BARE.has(choice.key)
                  ? formatCount(choice.count)
                  : t('preview.tracks', { count: choice.count, formatted: formatCount(choice.count) })}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <ul className={styles.notes}>
        {preview.failed.map(({ name, fault, line }) => (
          <li key={name} className={styles.failed}>
            {t('preview.failed', { name })}: {t(`preview.faults.${fault}`)}{' '}
            {line !== null && t('preview.line', { line: formatCount(line) })}
          </li>
        ))}
        {preview.leftOut > 0 && (
          <li>{t('preview.leftOut', { count: preview.leftOut, formatted: formatCount(preview.leftOut) })}</li>
        )}
        {preview.passedPlays > 0 && (
          <li>
            {t('preview.passedPlays', {
              count: preview.passedPlays,
              formatted: formatCount(preview.passedPlays),
            })}
          </li>
        )}
      </ul>
      <div className={styles.actions}>
        {choices.length > 0 && (
          <Button variant="primary" disabled={step.isBusy || !choices.some(isChosen)} onClick={start}>
            {t('preview.start')}
          </Button>
        )}
        <Button disabled={step.isBusy} onClick={() => step.run(() => host.exchange.dismiss())}>
          {t('preview.discard')}
        </Button>
      </div>
    </section>
  );
}
