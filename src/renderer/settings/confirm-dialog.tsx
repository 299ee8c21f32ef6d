import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What it means, with sizes. */
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onConfirm: () => void;
}

/** A second word before something is deleted. */
export function ConfirmDialog({
  title,
  children,
  action,
  open,
  onOpenChange,
  onConfirm,
}: ConfirmDialogProps) {
  const ui = useTexts('ui');
  return (
    <Dialog
      title={title}
      open={open}
      onOpenChange={onOpenChange}
      actions={
        <>
          <Button variant="bare" onClick={() => onOpenChange(false)}>
            {ui('cancel')}
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              onOpenChange(false);
              onConfirm();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
