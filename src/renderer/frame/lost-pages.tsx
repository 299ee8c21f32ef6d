import { House, RefreshCw } from 'lucide-react';
import { useLocation } from 'wouter';
import { useTexts } from '../i18n/use-texts.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { Button } from '../ui/button.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { usePageTitle } from './page-title.ts';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const t = useTexts('frame');
  const [, navigate] = useLocation();
  usePageArtwork(null);
  usePageTitle(t('notFound.title'));
  return (
    <PageMessage
      kind="empty"
      title={t('notFound.title')}
      help={t('notFound.help')}
      actions={
        <Button icon={House} onClick={() => navigate('/')}>
          {t('notFound.goHome')}
        </Button>
      }
    />
  );
}

/** A page that broke while it was drawn. */
export function FailedPage({ onAgain }: { readonly onAgain: () => void }) {
  const t = useTexts('frame');
  const [, navigate] = useLocation();
  return (
    <PageMessage
      kind="error"
      title={t('failed.title')}
      help={t('failed.help')}
      actions={
        <>
          <Button icon={RefreshCw} onClick={onAgain}>
            {t('failed.again')}
          </Button>
          <Button variant="bare" onClick={() => navigate('/')}>
            {t('failed.goHome')}
          </Button>
        </>
      }
    />
  );
}
