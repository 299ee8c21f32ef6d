import { useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../i18n/use-texts.ts';
import { useSettings } from '../settings/settings-store.ts';
import { Dialog } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { ACTION_GROUPS, actionsOf, useActionText, type ActionGroup } from './action-text.ts';
import { chordFor } from './actions.ts';
import { useAction, useRegisteredActions } from './registry.ts';
import styles from './shortcut-list.module.css';

function Line({ text, chord }: { readonly text: string; readonly chord: string }) {
  return (
    <div className={styles.line}>
      <dt>{text}</dt>
      <dd>
        <KeyHint chord={chord} />
      </dd>
    </div>
  );
}

function Group({ group }: { readonly group: ActionGroup }) {
  const t = useTexts('shortcuts');
  const actionText = useActionText();
  const registered = useRegisteredActions();
  const changes = useSettings((settings) => settings.shortcuts);
  const lines = actionsOf(group).flatMap((name) => {
    const chord = chordFor(name, changes);
    return registered.has(name) && chord !== null ? [{ name, chord }] : [];
  });
  if (lines.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3 className={styles.heading}>{t(`groups.${group}`)}</h3>
      <dl>
        {lines.map(({ name, chord }) => (
          <Line key={name} text={actionText(name)} chord={chord} />
        ))}
      </dl>
    </section>
  );
}

/** The list that Shift+? shows. */
export function ShortcutList() {
  const t = useTexts('shortcuts');
  const [open, setOpen] = useState(false);
  useAction('shortcuts.list', () => setOpen(true));
  return (
    <Dialog title={t('title')} open={open} onOpenChange={setOpen} wide>
      <div className={styles.groups}>
        {ACTION_GROUPS.map((group) => (
          <Group key={group} group={group} />
        ))}
        <section className={styles.group}>
          <h3 className={styles.heading}>{t('inLists')}</h3>
          <dl>
            <Line text={t('list.play')} chord="Enter" />
            <Line text={t('list.selectAll')} chord="Mod+A" />
            <Line text={t('list.selectMore')} chord="Shift+ArrowDown" />
          </dl>
        </section>
      </div>
      <p className={styles.edit}>
        <Link href="/settings/shortcuts" onClick={() => setOpen(false)}>
          {t('edit')}
        </Link>
      </p>
    </Dialog>
  );
}
