import { useQueryClient } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { HostFailure } from '../../contract/host-error.ts';
import type { ServicePreview } from '../../contract/session.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { servicePreviewQuery, useServiceCheck } from './service-check.ts';
import { ServiceField } from './service-field.tsx';
import { useSession } from './session-store.ts';
import { signIn } from './sign-in-actions.ts';
import styles from './sign-in.module.css';
import { useFocusWhenLost } from './use-focus-when-lost.ts';

function Note({ preview }: { readonly preview: ServicePreview | null }): ReactNode {
  const t = useTexts('session');
  const keepsSignIn = useSession((snapshot) => snapshot.keepsSignIn);
  if (preview?.signIn === 'none') return t('signIn.noteConnect');
  return keepsSignIn === 'memory' ? t('signIn.noteMemory') : t('signIn.note');
}

export interface SignInFormProps {
  /** In the field at first. */
  readonly offeredUrl: string | null;
  /** Comes after another step, from which keys and screen readers go on here. */
  readonly isBack: boolean;
}

/** Which service, and how: by the browser, with the demo's listeners, on another device. */
export function SignInForm({ offeredUrl, isBack }: SignInFormProps): ReactNode {
  const t = useTexts('session');
  const queries = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [address, setAddress] = useState(offeredUrl ?? '');
  const check = useServiceCheck(address);
  const offer = useServiceCheck(offeredUrl ?? '');
  // What is filled in already is first of all to be read.
  useFocusWhenLost(field, isBack || offeredUrl === null);

  const preview = check.kind === 'found' ? check.preview : null;
  const demoUrl = offer.kind === 'found' && offer.preview.demo ? offer.preview.serviceUrl : null;

  const begin = async (via: 'browser' | 'device'): Promise<void> => {
    try {
      const { serviceUrl } = await queries.fetchQuery(servicePreviewQuery(address.trim()));
      await signIn({ serviceUrl, via });
    } catch (failure) {
      // Why is said below the field, where one goes to mend it.
      if (!(failure instanceof HostFailure)) throw failure;
      field.current?.focus();
    }
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (address.trim() === '') field.current?.focus();
        else void begin('browser');
      }}
    >
      <ServiceField value={address} onChange={setAddress} check={check} inputRef={field} />
      <div className={styles.wide}>
        <Button variant="primary" type="submit">
          {preview?.signIn === 'none' ? (
            t('signIn.connect')
          ) : (
            <span className={styles.leaving}>
              {t('signIn.signIn')}
              <ExternalLink size={16} aria-hidden />
            </span>
          )}
        </Button>
        {demoUrl !== null && (
          <Button onClick={() => void signIn({ serviceUrl: demoUrl, via: 'browser' })}>
            {t('signIn.demo')}
          </Button>
        )}
      </div>
      <div className={styles.notes}>
        <p className={styles.note}>
          <Note preview={preview} />
        </p>
        {preview?.signIn === 'needed' && (
          <button type="button" className={styles.quiet} onClick={() => void begin('device')}>
            {t('signIn.device')}
          </button>
        )}
      </div>
    </form>
  );
}
