import { useState, type ReactNode } from 'react';
import { create } from 'zustand';
import { useLocation } from 'wouter';
import { HostFailure } from '../../contract/host-error.ts';
import { host } from '../host/host-client.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { playlistPath } from '../library/library-paths.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { showToast } from '../ui/toast.ts';
import { invitationCode } from './invitation-code.ts';
import { sayFailed } from './page-changes.ts';
import styles from './people.module.css';

/** `code`: of the link that opened it; empty: to be typed. `opened` counts: another link begins the dialog anew. */
const useJoining = create<{ readonly isOpen: boolean; readonly code: string; readonly opened: number }>(
  () => ({
    isOpen: false,
    code: '',
    opened: 0,
  }),
);

/** Opens the dialog that takes an invitation, that of a link where there is one. */
export const openJoinPlaylist = (code = ''): void =>
  useJoining.setState(({ opened }) => ({ isOpen: true, code, opened: opened + 1 }));

/** The dialog that takes an invitation; one for the window. */
export function JoinDialog(): ReactNode {
  const { isOpen, code, opened } = useJoining();
  const t = useTexts('playlists');
  return (
    <Dialog
      title={t('people.join.title')}
      open={isOpen}
      onOpenChange={(open) => useJoining.setState({ isOpen: open })}
    >
      {isOpen && <JoinForm key={opened} code={code} onClose={() => useJoining.setState({ isOpen: false })} />}
    </Dialog>
  );
}

function JoinForm({
  code: given,
  onClose,
}: {
  readonly code: string;
  readonly onClose: () => void;
}): ReactNode {
  const t = useTexts('playlists');
  const [, navigate] = useLocation();
  const [text, setText] = useState(given);
  const [problem, setProblem] = useState<'wrong' | 'gone' | null>(null);
  const [isAsking, setAsking] = useState(false);
  const join = async (): Promise<void> => {
    const code = invitationCode(text);
    if (code === null) {
      setProblem('wrong');
      return;
    }
    setAsking(true);
    try {
      const { id, name } = await host.playlists.join({ code });
      onClose();
      showToast({ tone: 'done', text: t('people.join.joined', { name }) });
      navigate(playlistPath(id));
    } catch (failure) {
      if (failure instanceof HostFailure && failure.code === 'not_found') setProblem('gone');
      else sayFailed(failure, t('people.join.failed'));
    } finally {
      setAsking(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isAsking) void join();
      }}
    >
      <TextInput
        label={t('people.join.label')}
        labelShown
        value={text}
        help={t(isAsking ? 'people.join.busy' : given === '' ? 'people.join.help' : 'people.join.given')}
        error={problem === null ? null : t(`people.join.${problem}`)}
        onChange={(next) => {
          setText(next);
          setProblem(null);
        }}
      />
      <div className={styles.actions}>
        <Button variant="bare" onClick={onClose}>
          {t('smart.cancel')}
        </Button>
        <Button type="submit" variant="primary" disabled={isAsking || text.trim() === ''}>
          {t('people.join.action')}
        </Button>
      </div>
    </form>
  );
}
