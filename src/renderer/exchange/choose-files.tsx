import { FileMusic } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import styles from './exchange-page.module.css';
import { importFiles } from './import-files.ts';

const ACCEPTED = '.m3u,.m3u8,.xspf,.jspf,.json,.csv,.xml,.zip';

/** Where files are chosen; dropped they are taken anywhere in the window (`drop-layer.tsx`). */
export function ChooseFiles(): ReactNode {
  const t = useTexts('exchange');
  const input = useRef<HTMLInputElement>(null);
  const [isReading, setReading] = useState(false);
  const read = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    setReading(true);
    await importFiles(files);
    setReading(false);
  };
  return (
    <section aria-labelledby="exchange-in" className={styles.side}>
      <h2 id="exchange-in" className={styles.heading}>
        {t('choose.title')}
      </h2>
      <div className={styles.drop}>
        <FileMusic size={20} aria-hidden className={styles.dropSign} />
        <p className={styles.dropText}>{t('choose.drop')}</p>
        <p className={styles.help}>{t('choose.help')}</p>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={ACCEPTED}
          onChange={(event) => {
            const files = Array.from(event.target.files ?? []);
            event.target.value = '';
            void read(files);
          }}
        />
        <Button variant="primary" disabled={isReading} onClick={() => input.current?.click()}>
          {t(isReading ? 'choose.reading' : 'choose.button')}
        </Button>
      </div>
    </section>
  );
}
