import { Copy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.ts';

export interface CopyButtonProps {
  readonly text: string;
  readonly children: string;
  readonly variant?: 'primary' | 'outline';
}

/** Says on itself that it has copied, until there is something else to copy. */
export function CopyButton({ text, children, variant = 'outline' }: CopyButtonProps): ReactNode {
  const t = useTexts('share');
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === text;
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => showToast({ tone: 'failed', text: t('notCopied') }),
    );
  };
  return (
    <>
      <Button variant={variant} icon={Copy} otherText={isCopied ? children : t('copied')} onClick={copy}>
        {isCopied ? t('copied') : children}
      </Button>
      <span role="status" hidden={!isCopied}>
        {isCopied && t('copied')}
      </span>
    </>
  );
}
