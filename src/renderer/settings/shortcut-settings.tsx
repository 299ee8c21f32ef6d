import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { ACTION_GROUPS, actionsOf, useActionText, type ActionGroup } from '../shortcuts/action-text.ts';
import { rebind, type ActionName } from '../shortcuts/actions.ts';
import type { Chord } from '../shortcuts/chord.ts';
import { useRegisteredActions } from '../shortcuts/registry.ts';
import { Button } from '../ui/button.tsx';
import { SectionHeading } from '../ui/section-heading.tsx';
import { useSettings } from './settings-store.ts';
import { ShortcutRow } from './shortcut-row.tsx';
import styles from './shortcut-settings.module.css';
import { useChangeSettings } from './use-change-settings.ts';

interface GroupProps {
  readonly group: ActionGroup;
  /** The action that waits for its new keys. */
  readonly editing: ActionName | null;
  readonly onEdit: (name: ActionName | null) => void;
  readonly onBind: (name: ActionName, chord: Chord | null) => void;
}

function Group({ group, editing, onEdit, onBind }: GroupProps) {
  const t = useTexts('shortcuts');
  const actionText = useActionText();
  const registered = useRegisteredActions();
  const changes = useSettings((settings) => settings.shortcuts);
  const names = actionsOf(group).filter((name) => registered.has(name));
  if (names.length === 0) return null;
  return (
    <section className={styles.group}>
      <SectionHeading title={t(`groups.${group}`)} />
      <ul className={styles.rows}>
        {names.map((name) => (
          <ShortcutRow
            key={name}
            name={name}
            text={actionText(name)}
            changes={changes}
            editing={editing === name}
            onEdit={(on) => onEdit(on ? name : null)}
            onBind={(chord) => onBind(name, chord)}
          />
        ))}
      </ul>
    </section>
  );
}

/** Every action with its keys; pressing them sets new ones, and what had them before is said. */
export function ShortcutSettings() {
  const t = useTexts('settings');
  const shortcutTexts = useTexts('shortcuts');
  const change = useChangeSettings();
  const changes = useSettings((settings) => settings.shortcuts);
  const [editing, setEditing] = useState<ActionName | null>(null);
  const bind = (name: ActionName, chord: Chord | null): void => {
    setEditing(null);
    change({ shortcuts: rebind(name, chord, changes) });
  };
  return (
    <>
      <p className={styles.help}>{t('shortcuts.help')}</p>
      {ACTION_GROUPS.map((group) => (
        <Group key={group} group={group} editing={editing} onEdit={setEditing} onBind={bind} />
      ))}
      <Button
        icon={RotateCcw}
        disabled={Object.keys(changes).length === 0}
        onClick={() => change({ shortcuts: {} })}
      >
        {shortcutTexts('resetAll')}
      </Button>
    </>
  );
}
