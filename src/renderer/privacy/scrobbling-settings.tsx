import { useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import type { ScrobblerName, ScrobblerState, ScrobblingState } from '../../contract/scrobbling.ts';
import { host, subscribe } from '../host/host-client.ts';
import { formatCount, formatDate, formatTimeOfDay } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { showToast } from '../ui/toast.ts';
import styles from './scrobbling-settings.module.css';

const SCROBBLING_KEY = ['scrobbling'] as const;

/** Runs one call at a time; its answer is how things stand. */
function useScrobbling() {
  const t = useTexts('privacy');
  const client = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => subscribe('scrobbling', (state) => client.setQueryData(SCROBBLING_KEY, state)), [client]);
  const { data } = useQuery({ queryKey: SCROBBLING_KEY, queryFn: () => host.scrobbling.get() });
  const run = async (work: () => Promise<ScrobblingState>): Promise<void> => {
    setIsBusy(true);
    try {
      client.setQueryData(SCROBBLING_KEY, await work());
    } catch {
      showToast({ tone: 'failed', text: t('scrobbling.failed') });
    } finally {
      setIsBusy(false);
    }
  };
  return { state: data ?? null, isBusy, run };
}
type Run = ReturnType<typeof useScrobbling>['run'];

function Problem({ text }: { readonly text: string }): ReactNode {
  return (
    <p className={styles.problem} role="alert">
      <TriangleAlert size={14} aria-hidden />
      {text}
    </p>
  );
}

interface FormProps {
  readonly isBusy: boolean;
  readonly run: Run;
}

const onSubmit = (work: () => void) => (event: FormEvent) => {
  event.preventDefault();
  work();
};

function ListenBrainzForm({ isBusy, run }: FormProps): ReactNode {
  const t = useTexts('privacy');
  const [token, setToken] = useState('');
  return (
    <form
      className={styles.form}
      onSubmit={onSubmit(() => void run(() => host.scrobbling.connectListenBrainz({ token })))}
    >
      <TextInput
        label={t('scrobbling.token')}
        labelShown
        type="password"
        value={token}
        onChange={setToken}
        help={t('scrobbling.tokenHelp')}
      />
      <div>
        <Button type="submit" disabled={isBusy || token.trim() === ''}>
          {t('scrobbling.connect')}
        </Button>
      </div>
    </form>
  );
}

function LastfmForm({ isBusy, run }: FormProps): ReactNode {
  const t = useTexts('privacy');
  const [apiKey, setApiKey] = useState('');
  const [sharedSecret, setSharedSecret] = useState('');
  const isComplete = apiKey.trim() !== '' && sharedSecret.trim() !== '';
  return (
    <form
      className={styles.form}
      onSubmit={onSubmit(() => void run(() => host.scrobbling.beginLastfm({ apiKey, sharedSecret })))}
    >
      <TextInput label={t('scrobbling.apiKey')} labelShown value={apiKey} onChange={setApiKey} />
      <TextInput
        label={t('scrobbling.sharedSecret')}
        labelShown
        type="password"
        value={sharedSecret}
        onChange={setSharedSecret}
        help={t('scrobbling.keysHelp')}
      />
      <div>
        <Button type="submit" disabled={isBusy || !isComplete}>
          {t('scrobbling.connect')}
        </Button>
      </div>
    </form>
  );
}

function Connected(props: {
  readonly scrobbler: ScrobblerName;
  readonly state: Extract<ScrobblerState, { state: 'on' }>;
  readonly run: Run;
}): ReactNode {
  const t = useTexts('privacy');
  const { scrobbler, state, run } = props;
  const { waiting, lastSentAt, refused } = state;
  return (
    <>
      <p>{t('scrobbling.connectedAs', { name: state.name })}</p>
      <p className={styles.fact} role="status">
        {waiting === 0
          ? t('scrobbling.allSent')
          : t('scrobbling.waiting', { count: waiting, formatted: formatCount(waiting) })}
        {lastSentAt !== null &&
          ` · ${t('scrobbling.lastSent', { date: formatDate(lastSentAt, 'dayOfYear'), time: formatTimeOfDay(lastSentAt) })}`}
      </p>
      {refused.length > 0 && (
        <details className={styles.refused}>
          <summary>
            {t('scrobbling.refused', { count: refused.length, formatted: formatCount(refused.length) })}
          </summary>
          <ul>
            {refused.map(({ title, artist, playedAt, reason }) => (
              <li key={playedAt}>
                {artist} – {title}: {t(`scrobbling.reasons.${reason}`)}
              </li>
            ))}
          </ul>
          <Button variant="bare" onClick={() => void run(() => host.scrobbling.forgetRefused({ scrobbler }))}>
            {t('scrobbling.forget')}
          </Button>
        </details>
      )}
    </>
  );
}

function Scrobbler({
  scrobbler,
  state,
  isBusy,
  run,
}: FormProps & { readonly scrobbler: ScrobblerName; readonly state: ScrobblerState }): ReactNode {
  const t = useTexts('privacy');
  const disconnect = (): void => void run(() => host.scrobbling.disconnect({ scrobbler }));
  const wantsForm = state.state === 'off' || (state.state === 'on' && state.problem === 'invalid_token');
  const Form = scrobbler === 'lastfm' ? LastfmForm : ListenBrainzForm;
  const name = t(`scrobbling.names.${scrobbler}`);
  return (
    <section className={styles.scrobbler} aria-label={name}>
      <div className={styles.head}>
        <h3 className={styles.name}>{name}</h3>
        {state.state === 'on' && (
          <Button disabled={isBusy} onClick={disconnect}>
            {t('scrobbling.disconnect')}
          </Button>
        )}
      </div>
      {state.state === 'on' && <Connected scrobbler={scrobbler} state={state} run={run} />}
      {state.state === 'authorising' && (
        <>
          <p>{t('scrobbling.waitingForYes')}</p>
          <div className={styles.actions}>
            <Button disabled={isBusy} onClick={() => void run(() => host.scrobbling.finishLastfm())}>
              {t('scrobbling.confirmed')}
            </Button>
            <Button variant="bare" onClick={disconnect}>
              {t('scrobbling.cancel')}
            </Button>
          </div>
        </>
      )}
      {state.problem !== null && <Problem text={t(`scrobbling.problems.${state.problem}`)} />}
      {wantsForm && <Form isBusy={isBusy} run={run} />}
    </section>
  );
}

/** Whom plays are told to, and how that stands. */
export function ScrobblingSettings(): ReactNode {
  const t = useTexts('privacy');
  const { state, isBusy, run } = useScrobbling();
  return (
    <section className={styles.section} aria-labelledby="scrobbling">
      <h2 id="scrobbling" className={styles.heading}>
        {t('scrobbling.heading')}
      </h2>
      <p className={styles.help}>{t('scrobbling.help')}</p>
      {state === null ? (
        <Skeleton height={220} />
      ) : (
        (['listenBrainz', 'lastfm'] as const).map((scrobbler) => (
          <Scrobbler
            key={scrobbler}
            scrobbler={scrobbler}
            state={state[scrobbler]}
            isBusy={isBusy}
            run={run}
          />
        ))
      )}
    </section>
  );
}
