import { useState, type ReactNode } from 'react';
import type { SignIn } from '../../contract/session.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { useSession } from './session-store.ts';
import { SignInForm } from './sign-in-form.tsx';
import { AskingStep, FailedStep, FinishingStep, InBrowserStep, OnDeviceStep } from './sign-in-steps.tsx';
import styles from './sign-in.module.css';

export interface SignInPanelProps {
  /** In the field at first. */
  readonly offeredUrl: string | null;
  readonly onCancel: () => void;
}

interface StepOfProps extends SignInPanelProps {
  readonly signIn: SignIn;
  readonly isFirst: boolean;
}

function StepOf({ signIn, isFirst, offeredUrl, onCancel }: StepOfProps): ReactNode {
  switch (signIn.step) {
    case 'idle':
      return <SignInForm offeredUrl={offeredUrl} isBack={!isFirst} />;
    case 'asking':
      return <AskingStep signIn={signIn} onCancel={onCancel} />;
    case 'in_browser':
      return <InBrowserStep signIn={signIn} onCancel={onCancel} />;
    case 'on_device':
      return <OnDeviceStep signIn={signIn} onCancel={onCancel} />;
    case 'finishing':
      return <FinishingStep />;
    case 'failed':
      return <FailedStep signIn={signIn} onCancel={onCancel} />;
    default:
      return assertNever(signIn);
  }
}

/** Signing in, from the service's address to its end; the same on the welcome page and in the dialog. */
export function SignInPanel(props: SignInPanelProps): ReactNode {
  const signIn = useSession((snapshot) => snapshot.signIn);
  const [firstStep, setFirstStep] = useState<SignIn['step'] | null>(signIn.step);
  if (firstStep !== null && signIn.step !== firstStep) setFirstStep(null);
  return (
    <div className={styles.panel}>
      <StepOf key={signIn.step} signIn={signIn} isFirst={signIn.step === firstStep} {...props} />
    </div>
  );
}
