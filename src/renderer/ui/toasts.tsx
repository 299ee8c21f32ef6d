import { CircleAlert, CircleCheck } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { useTexts } from '../i18n/use-texts.ts';
import { classNames } from './class-names.ts';
import styles from './toasts.module.css';
import { dismissToast, useToastStore, type ShownToast } from './toast.ts';

const SHOWN_MS = 6000;

function ToastIcon({ tone }: { readonly tone: ShownToast['tone'] }) {
  if (tone === 'done') return <CircleCheck size={16} aria-hidden className={styles.done} />;
  if (tone === 'failed') return <CircleAlert size={16} aria-hidden className={styles.failed} />;
  return null;
}

function ToastCard({ toast }: { readonly toast: ShownToast }) {
  return (
    <Radix.Root
      className={classNames(styles.toast, toast.detail !== undefined && styles.twoLines)}
      type={toast.tone === 'failed' ? 'foreground' : 'background'}
      onOpenChange={(open) => {
        if (!open) dismissToast(toast.id);
      }}
    >
      <ToastIcon tone={toast.tone} />
      <div className={styles.words}>
        <Radix.Title className={styles.text}>{toast.text}</Radix.Title>
        {toast.detail !== undefined && (
          <Radix.Description className={styles.detail}>{toast.detail}</Radix.Description>
        )}
      </div>
      {toast.action !== undefined && (
        <Radix.Action altText={toast.action.label} className={styles.action} onClick={toast.action.onSelect}>
          {toast.action.label}
        </Radix.Action>
      )}
    </Radix.Root>
  );
}

/** Where toasts appear: bottom centre, above the player. Waits while the pointer or the focus is on one; F8 goes there. */
export function Toasts() {
  const t = useTexts('ui');
  const toasts = useToastStore((state) => state.toasts);
  return (
    <Radix.Provider duration={SHOWN_MS} label={t('notifications')} swipeDirection="down">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
      <Radix.Viewport className={styles.viewport} label={t('notificationsWithKey')} />
    </Radix.Provider>
  );
}
