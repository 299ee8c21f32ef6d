import type { ReactNode } from 'react';
import type { ImportState } from '../../contract/exchange.ts';
import { host } from '../host/host-client.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import styles from './exchange-page.module.css';
import { useStep } from './use-step.ts';

/** Something goes on by itself: how far it is. */
export function AtWork({
  state,
}: {
  readonly state: Extract<ImportState, { state: 'matching' | 'taking' }>;
}): ReactNode {
  const t = useTexts('exchange');
  const step = useStep();
  const title = t(`${state.state}.title`);
  const held = state.state === 'matching' && state.held !== null;
  return (
    <section aria-labelledby="exchange-work" className={styles.narrow}>
      <h2 id="exchange-work" className={styles.heading}>
        {title}
      </h2>
      <progress className={styles.bar} max={Math.max(1, state.total)} value={state.done} aria-label={title} />
      <p className={styles.help}>
        {t(`${state.state}.progress`, { done: formatCount(state.done), total: formatCount(state.total) })}
      </p>
      {state.state === 'matching' && (
        <>
          <p className={held ? styles.held : styles.help} role="status">
            {t(held ? 'matching.held' : 'matching.goesOn')}
          </p>
          <div className={styles.actions}>
            <Button disabled={step.isBusy} onClick={() => step.run(() => host.exchange.dismiss())}>
              {t('matching.cancel')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
