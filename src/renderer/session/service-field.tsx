import { CircleAlert, CircleCheck, Globe } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { assertNever } from '../../core/playback/assert-never.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { TextInput } from '../ui/text-input.tsx';
import type { ServiceCheck } from './service-check.ts';
import styles from './service-field.module.css';

function CheckWords({ check }: { readonly check: ServiceCheck }): ReactNode {
  const t = useTexts('session');
  switch (check.kind) {
    case 'empty':
    case 'checking':
      return t(`signIn.check.${check.kind}`);
    case 'found': {
      const { name, picture, tracks } = check.preview;
      return (
        <>
          {picture !== null && <img className={styles.picture} src={picture} alt="" width={20} height={20} />}
          {t('signIn.check.found', { name, count: tracks, formatted: formatCount(tracks) })}
        </>
      );
    }
    case 'failed':
      return (
        <>
          <CircleAlert size={14} aria-hidden />
          {check.code === 'invalid_argument' ||
          check.code === 'service_unreachable' ||
          check.code === 'offline'
            ? t(`signIn.check.${check.code}`)
            : t('signIn.check.other')}
        </>
      );
    default:
      return assertNever(check);
  }
}

export interface ServiceFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly check: ServiceCheck;
  readonly inputRef: Ref<HTMLInputElement>;
}

/** "Your music service": an address, and what stands behind it. */
export function ServiceField({ value, onChange, check, inputRef }: ServiceFieldProps): ReactNode {
  const t = useTexts('session');
  return (
    <TextInput
      label={t('signIn.service')}
      labelShown
      icon={Globe}
      value={value}
      onChange={onChange}
      placeholder={t('signIn.example')}
      inputRef={inputRef}
      isInvalid={check.kind === 'failed'}
      help={<CheckWords check={check} />}
      trailing={
        check.kind === 'found' ? <CircleCheck size={16} aria-hidden className={styles.found} /> : undefined
      }
    />
  );
}
