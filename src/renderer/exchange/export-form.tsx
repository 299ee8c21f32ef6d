import { useState, type ReactNode } from 'react';
import { EXPORT_FORMATS, type ExportFormat } from '../../contract/exchange.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import styles from './exchange-page.module.css';
import { exportLists } from './export-lists.ts';

const NAMES: Readonly<Record<ExportFormat, string>> = {
  m3u8: 'M3U8',
  xspf: 'XSPF',
  jspf: 'JSPF',
  csv: 'CSV',
};

type Source = 'all_playlists' | 'saved_tracks';

/** All playlists, or the liked tracks, as files. */
export function ExportForm(): ReactNode {
  const t = useTexts('exchange');
  const [kind, setKind] = useState<Source>('all_playlists');
  const [format, setFormat] = useState<ExportFormat>('m3u8');
  const [isBusy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    await exportLists({ kind }, format);
    setBusy(false);
  };
  return (
    <section aria-labelledby="exchange-out" className={styles.side}>
      <h2 id="exchange-out" className={styles.heading}>
        {t('export.title')}
      </h2>
      <p className={styles.help}>{t('export.help')}</p>
      <div className={styles.form}>
        <Select
          label={t('export.what')}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'all_playlists', label: t('export.allPlaylists') },
            { value: 'saved_tracks', label: t('export.savedTracks') },
          ]}
        />
        <Select
          label={t('export.format')}
          value={format}
          onChange={setFormat}
          options={EXPORT_FORMATS.map((value) => ({ value, label: NAMES[value] }))}
        />
      </div>
      <div className={styles.actions}>
        <Button disabled={isBusy} onClick={() => void run()}>
          {t('export.button')}
        </Button>
      </div>
    </section>
  );
}
