import { LoaderCircle, RotateCcw } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureWords } from './failure-words.tsx';
import { usePlaybackState } from './playback-hooks.ts';
import styles from './player-bar.module.css';

/** Anything shorter is no wait worth a word. */
const WAIT_WORTH_SAYING_MS = 700;

/** True once something has lasted a while; false at once when it ends. */
function useLasting(active: boolean, afterMs: number): boolean {
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setTimeout(() => setLasted(true), afterMs);
    return () => {
      clearTimeout(timer);
      setLasted(false);
    };
  }, [active, afterMs]);
  return active && lasted;
}

/** What is said of a track at other times, or in its place what is the matter: fetching, trying again, why nothing sounds. */
export function StateLine({ children }: { readonly children: ReactNode }): ReactNode {
  const t = useTexts('playback');
  const state = usePlaybackState();
  const isFetching = useLasting(state.kind === 'loading' || state.kind === 'stalled', WAIT_WORTH_SAYING_MS);
  if (state.kind === 'failing') {
    return (
      <span className={styles.attention}>
        <RotateCcw size={14} aria-hidden />
        {t('tryingAgain', { attempt: state.nextTry })}
      </span>
    );
  }
  if (state.kind === 'waiting') return <FailureWords code={state.cause} />;
  if (isFetching) {
    return (
      <span className={styles.fetching}>
        <LoaderCircle size={14} aria-hidden />
        {t('fetching')}
      </span>
    );
  }
  return children;
}
