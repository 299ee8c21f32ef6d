import type { ReactNode } from 'react';
import type { FoundThing, ImportRow } from '../../contract/exchange.ts';
import { host } from '../host/host-client.ts';
import { formatDuration } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import styles from './exchange-page.module.css';
import { useStep } from './use-step.ts';

const NOTHING = '';

const described = ({ title, artists, album, durationMs }: FoundThing): string =>
  [title, artists.join(', '), album ?? '', durationMs === null ? '' : formatDuration(durationMs)]
    .filter((part) => part !== '')
    .join(' · ');

/** One thing that was wanted, and what it is taken for. */
export function ReportRow({ row }: { readonly row: ImportRow }): ReactNode {
  const t = useTexts('exchange');
  const step = useStep();
  const { wanted, found, alternatives, match } = row;
  const options = [...(found === null ? [] : [found]), ...alternatives];
  const sign = row.isTaken
    ? t('report.inLibrary')
    : row.isChosen
      ? t('report.chosen')
      : match === null
        ? ''
        : t(`report.match.${match}`);
  return (
    <div role="listitem" className={styles.row}>
      <div className={styles.words}>
        <p className={styles.wanted}>{wanted.title || '–'}</p>
        <p className={styles.second}>
          {[wanted.artists.join(', '), row.list ?? ''].filter((part) => part !== '').join(' · ')}
        </p>
      </div>
      <div className={styles.found}>
        {options.length === 0 || row.isTaken ? (
          <p className={styles.foundText}>{found === null ? '' : described(found)}</p>
        ) : (
          <select
            className={styles.select}
            aria-label={t('report.chooseFor', { title: wanted.title })}
            value={found?.id ?? NOTHING}
            disabled={step.isBusy}
            onChange={({ target: { value } }) =>
              step.run(() => host.exchange.choose({ row: row.row, id: value === NOTHING ? null : value }))
            }
          >
            {options.map((thing) => (
              <option key={thing.id} value={thing.id}>
                {described(thing)}
              </option>
            ))}
            <option value={NOTHING}>{t('report.nothingChosen')}</option>
          </select>
        )}
        <p className={styles.sign} data-open={found === null}>
          {sign}
        </p>
      </div>
    </div>
  );
}
