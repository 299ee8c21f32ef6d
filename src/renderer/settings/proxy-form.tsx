import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { host } from '../host/host-client.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { checkDraft, type ProxyDraft } from './proxy-draft.ts';
import styles from './proxy-settings.module.css';
import { setProxy } from './set-proxy.ts';
import { changeSettings, settingsStore, useSettings } from './settings-store.ts';

const hasPasswordKey = ['proxy-password'] as const;

/** Server, name, password, exceptions; nothing of it counts before "Use it". */
export function ProxyForm() {
  const t = useTexts('settings');
  const { server, username, bypass } = useSettings(({ proxy }) => proxy);
  const [draft, setDraft] = useState<ProxyDraft>({ server, username, bypass, password: '' });
  const [shownProblem, setShownProblem] = useState<'noServer' | 'badServer' | null>(null);
  const password = useQuery({
    queryKey: hasPasswordKey,
    queryFn: () => host.system.hasProxyPassword(),
    staleTime: 0,
  });
  const saving = useMutation({
    mutationFn: async () => {
      const checked = checkDraft(draft);
      if (checked.kind === 'wrong') return checked.problem;
      return setProxy(checked.proxy, checked.password, {
        before: settingsStore.getState().proxy,
        mayHavePassword: password.data !== false,
        change: changeSettings,
        setPassword: host.system.setProxyPassword,
      });
    },
    async onSuccess(outcome) {
      setShownProblem(outcome === 'noServer' || outcome === 'badServer' ? outcome : null);
      if (outcome !== 'done') return;
      setDraft({ ...draft, password: '' });
      await password.refetch();
    },
  });
  const passwordField = useRef<HTMLInputElement>(null);
  const forgetting = useMutation({
    mutationFn: () => host.system.setProxyPassword({ password: null }),
    async onSuccess() {
      // The button that was pressed goes away.
      passwordField.current?.focus();
      await password.refetch();
    },
  });
  const edit = (changes: Partial<ProxyDraft>): void => {
    setDraft({ ...draft, ...changes });
    setShownProblem(null);
    saving.reset();
    forgetting.reset();
  };
  const said = (): string => {
    if (forgetting.isError || saving.isError) return t('system.proxy.passwordNotKept');
    if (forgetting.isSuccess) return t('system.proxy.forgotten');
    switch (saving.data) {
      case 'done':
        return t('system.proxy.saved');
      case 'notKept':
      case 'passwordNotKept':
        return t(`system.proxy.${saving.data}`);
      case 'noServer':
      case 'badServer':
      case undefined:
        return '';
    }
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    forgetting.reset();
    saving.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        labelShown
        label={t('system.proxy.server')}
        placeholder={t('system.proxy.serverPlaceholder')}
        value={draft.server}
        onChange={(value) => edit({ server: value })}
        error={shownProblem === null ? null : t(`system.proxy.${shownProblem}`)}
      />
      <div className={styles.login}>
        <TextInput
          labelShown
          label={t('system.proxy.username')}
          value={draft.username}
          onChange={(value) => edit({ username: value })}
        />
        <TextInput
          labelShown
          type="password"
          inputRef={passwordField}
          label={t('system.proxy.password')}
          {...(password.data === true ? { placeholder: t('system.proxy.passwordKept') } : {})}
          value={draft.password}
          onChange={(value) => edit({ password: value })}
        />
      </div>
      <TextInput
        labelShown
        label={t('system.proxy.bypass')}
        placeholder={t('system.proxy.bypassPlaceholder')}
        value={draft.bypass}
        onChange={(value) => edit({ bypass: value })}
      />
      <div className={styles.check}>
        <Button variant="primary" type="submit" disabled={saving.isPending}>
          {t('system.proxy.save')}
        </Button>
        {password.data === true && (
          <Button variant="bare" onClick={() => forgetting.mutate()}>
            {t('system.proxy.forget')}
          </Button>
        )}
        <p role="status">{said()}</p>
      </div>
    </form>
  );
}
