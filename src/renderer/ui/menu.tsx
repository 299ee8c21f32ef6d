import type { LucideIcon } from 'lucide-react';
import { ContextMenu as RadixContext, DropdownMenu as RadixDropdown } from 'radix-ui';
import { useState, type ComponentType, type ReactNode } from 'react';
import { assertNever } from '../../core/playback/assert-never.ts';
import { classNames } from './class-names.ts';
import { KeyHint } from './key-hint.tsx';
import styles from './menu.module.css';

export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly icon?: LucideIcon;
      /** A chord, shown at the right. */
      readonly shortcut?: string;
      readonly onSelect: () => void;
      readonly disabled?: boolean;
      readonly danger?: boolean;
    }
  | { readonly kind: 'separator' }
  /** What the menu is about: said, not chosen. */
  | { readonly kind: 'heading'; readonly label: string; readonly details: readonly string[] };

interface ItemProps {
  readonly className?: string;
  readonly disabled?: boolean;
  readonly onSelect?: () => void;
  readonly children?: ReactNode;
}
interface Parts {
  readonly Item: ComponentType<ItemProps>;
  readonly Separator: ComponentType<{ readonly className?: string }>;
  readonly Label: ComponentType<{ readonly className?: string; readonly children?: ReactNode }>;
}

function Entries({ entries, parts }: { readonly entries: readonly MenuEntry[]; readonly parts: Parts }) {
  return entries.map((entry, index) => {
    switch (entry.kind) {
      case 'separator':
        // A rule has nothing but its place.
        // oxlint-disable-next-line react/no-array-index-key
        return <parts.Separator key={`separator-${index}`} className={styles.separator ?? ''} />;
      case 'heading':
        return (
          <parts.Label key={entry.label} className={styles.heading ?? ''}>
            <span className={styles.headingLabel}>{entry.label}</span>
            {entry.details.map((detail) => (
              <span key={detail} className={styles.detail}>
                {detail}
              </span>
            ))}
          </parts.Label>
        );
      case 'item':
        return (
          <parts.Item
            key={entry.label}
            className={classNames(styles.item, entry.danger === true && styles.danger)}
            disabled={entry.disabled ?? false}
            onSelect={entry.onSelect}
          >
            <span className={styles.icon}>
              {entry.icon !== undefined && <entry.icon size={16} aria-hidden />}
            </span>
            <span className={styles.label}>{entry.label}</span>
            {entry.shortcut !== undefined && <KeyHint chord={entry.shortcut} bare />}
          </parts.Item>
        );
      default:
        return assertNever(entry);
    }
  });
}

export interface DropdownMenuProps {
  readonly label: string;
  /** The button that opens it: an `IconButton` or `Button`. */
  readonly trigger: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
  /** Left out, the menu opens by itself; set with `onOpenChange`, which may have something else done instead. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

export function DropdownMenu({ label, trigger, entries, align = 'start', ...opening }: DropdownMenuProps) {
  return (
    <RadixDropdown.Root modal={false} {...opening}>
      <RadixDropdown.Trigger asChild>{trigger}</RadixDropdown.Trigger>
      <RadixDropdown.Portal>
        <RadixDropdown.Content
          className={styles.menu}
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <Entries entries={entries} parts={RadixDropdown} />
        </RadixDropdown.Content>
      </RadixDropdown.Portal>
    </RadixDropdown.Root>
  );
}

export interface ContextMenuProps {
  /** Asked when the menu opens: a hundred rows build no menus until one is wanted. */
  readonly entries: () => readonly MenuEntry[];
  /** One element that takes a ref and attributes. */
  readonly children: ReactNode;
}

export function ContextMenu({ entries, children }: ContextMenuProps) {
  const [shown, setShown] = useState<readonly MenuEntry[]>([]);
  return (
    <RadixContext.Root modal={false} onOpenChange={(open) => open && setShown(entries())}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className={styles.menu} collisionPadding={8}>
          <Entries entries={shown} parts={RadixContext} />
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}
