import { ArrowLeftRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { EXCHANGE_PATH } from './paths.ts';

/** To the page where lists come in and go out. */
export function ExchangeLink(): ReactNode {
  const t = useTexts('exchange');
  const [, navigate] = useLocation();
  return (
    <Button icon={ArrowLeftRight} onClick={() => navigate(EXCHANGE_PATH)}>
      {t('title')}
    </Button>
  );
}
