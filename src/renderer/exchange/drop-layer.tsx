import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import styles from './exchange-page.module.css';
import { importFiles } from './import-files.ts';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Files that are dropped anywhere on the window are imported; without it the browser would open them in place of the app. */
export function DropLayer(): ReactNode {
  const t = useTexts('exchange');
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const left = (event: DragEvent): void => {
      // Out of the window, and not only out of an element in it.
      if (event.relatedTarget === null) setOver(false);
    };
    const dropped = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const files = Array.from(event.dataTransfer?.files ?? []);
      if (files.length > 0) void importFiles(files);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', left);
    window.addEventListener('drop', dropped);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', left);
      window.removeEventListener('drop', dropped);
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className={styles.dropLayer} aria-hidden>
      <p className={styles.dropLayerText}>{t('choose.dropAnywhere')}</p>
    </div>
  );
}
