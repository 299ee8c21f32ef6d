import { Download } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { encode } from 'uqr';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import styles from './share-dialog.module.css';

/** Around it, in modules: readers want four (ISO/IEC 18004). */
const QUIET_MODULES = 4;

/** The dark modules as one path; black on white in every theme, since cameras read nothing else well. */
function drawn(link: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(link, { ecc: 'M', border: QUIET_MODULES });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size, path };
}

export function QrCode({ link, title }: { readonly link: string; readonly title: string }): ReactNode {
  const t = useTexts('share');
  const { size, path } = useMemo(() => drawn(link), [link]);
  const save = (): void => {
    const file = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
    const address = URL.createObjectURL(new Blob([file], { type: 'image/svg+xml' }));
    const anchor = document.createElement('a');
    anchor.href = address;
    anchor.download = t('qr.fileName');
    anchor.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div className={styles.qr}>
      <svg
        className={styles.code}
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t('qr.label', { title })}
        shapeRendering="crispEdges"
      >
        <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
        <path fill="#000" d={path} />
      </svg>
      <div className={styles.beside}>
        <p>{t('qr.help')}</p>
        <Button icon={Download} onClick={save}>
          {t('qr.save')}
        </Button>
      </div>
    </div>
  );
}
