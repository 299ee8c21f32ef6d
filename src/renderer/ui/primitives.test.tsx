// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Heart, Play } from 'lucide-react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Button } from './button.tsx';
import { Chip } from './chip.tsx';
import { Cover } from './cover.tsx';
import { Dialog } from './dialog.tsx';
import { IconButton } from './icon-button.tsx';
import { withoutLayout } from './layout-for-tests.ts';
import { ContextMenu, DropdownMenu, type MenuEntry } from './menu.tsx';
import { PageMessage } from './page-message.tsx';
import { RadioGroup } from './radio-group.tsx';
import { Select } from './select.tsx';
import { Slider } from './slider.tsx';
import { Switch } from './switch.tsx';
import { TextInput } from './text-input.tsx';

withoutLayout();
afterEach(cleanup);

describe('buttons', () => {
  it('have the words on them as their name and do not submit forms', () => {
    render(
      <Button icon={Play} onClick={() => {}}>
        Play
      </Button>,
    );
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Play' }).type).toBe('button');
  });

  it('without words have a name, a state and a key', () => {
    render(<IconButton label="Like" icon={Heart} pressed shortcut="Mod+L" onClick={() => {}} />);
    const button = screen.getByRole('button', { name: 'Like', pressed: true });
    expect(button.getAttribute('aria-keyshortcuts')).toBe('Control+L');
  });

  it('that only act have no state', () => {
    render(<IconButton label="Next" icon={Play} onClick={() => {}} />);
    expect(screen.getByRole('button').hasAttribute('aria-pressed')).toBe(false);
  });
});

describe('a chip', () => {
  it('says whether it is chosen and how many there are', () => {
    render(
      <Chip selected count={1204} onClick={() => {}}>
        Tracks
      </Chip>,
    );
    expect(screen.getByRole('button', { name: 'Tracks 1,204', pressed: true })).toBeTruthy();
  });
});

describe('a slider', () => {
  it('moves by keys, tells every move, and says its value in words', () => {
    const moved: number[] = [];
    const Volume = () => {
      const [value, setValue] = useState(50);
      const onChange = (next: number): void => {
        moved.push(next);
        setValue(next);
      };
      return (
        <Slider
          label="Volume"
          value={value}
          min={0}
          max={100}
          step={5}
          valueText={`${value} %`}
          onChange={onChange}
        />
      );
    };
    render(<Volume />);
    const slider = screen.getByRole('slider', { name: 'Volume' });
    fireEvent.keyDown(slider, { key: 'ArrowRight' });
    fireEvent.keyDown(slider, { key: 'Home' });
    expect(moved).toEqual([55, 0]);
    expect(slider.getAttribute('aria-valuetext')).toBe('0 %');
  });
});

describe('settings controls', () => {
  it('a switch is named and described', () => {
    const onChange = vi.fn<(checked: boolean) => void>();
    render(<Switch label="Fade" description="Softly" checked={false} onChange={onChange} />);
    const control = screen.getByRole('switch', { name: 'Fade', description: 'Softly', checked: false });
    fireEvent.click(control);
    expect(onChange.mock.calls).toEqual([[true]]);
  });

  it('a group of radios gives the one that was chosen', () => {
    const onChange = vi.fn<(value: 'light' | 'dark') => void>();
    render(
      <RadioGroup
        label="Theme"
        value="dark"
        onChange={onChange}
        options={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />,
    );
    const group = screen.getByRole('radiogroup', { name: 'Theme' });
    expect(within(group).getByRole('radio', { name: 'Dark', checked: true })).toBeTruthy();
    fireEvent.click(within(group).getByRole('radio', { name: 'Light' }));
    expect(onChange.mock.calls).toEqual([['light']]);
  });

  it('a select gives the one that was chosen', () => {
    const onChange = vi.fn<(value: 'en' | 'de') => void>();
    render(
      <Select
        label="Language"
        value="en"
        onChange={onChange}
        options={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />,
    );
    fireEvent.change(screen.getByRole('combobox', { name: 'Language' }), { target: { value: 'de' } });
    expect(onChange.mock.calls).toEqual([['de']]);
  });
});

describe('a text input', () => {
  it('ties its error to the field and says it', () => {
    render(<TextInput label="Address" value="x" error="No service here" onChange={() => {}} />);
    const input = screen.getByRole('textbox', { name: 'Address', description: 'No service here' });
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toBe('No service here');
  });
});

describe('menus', () => {
  const entriesOf = (ran: string[]): readonly MenuEntry[] => [
    { kind: 'item', label: 'Play next', shortcut: 'Shift+Enter', onSelect: () => ran.push('next') },
    { kind: 'separator' },
    { kind: 'item', label: 'Show credits', disabled: true, onSelect: () => ran.push('credits') },
    { kind: 'item', label: 'Remove', danger: true, onSelect: () => ran.push('remove') },
  ];

  it('open from their button, go by arrows past what is disabled, and act on Enter', () => {
    const ran: string[] = [];
    render(
      <DropdownMenu
        label="More about Kiesbett"
        trigger={<IconButton label="More" icon={Play} aria-haspopup="menu" />}
        entries={entriesOf(ran)}
      />,
    );
    fireEvent.keyDown(screen.getByRole('button', { name: 'More' }), { key: 'Enter' });
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual([
      'Play nextShift Enter',
      'Show credits',
      'Remove',
    ]);
    fireEvent.keyDown(screen.getByRole('menu'), { key: 'End' });
    fireEvent.keyDown(screen.getByRole('menuitem', { name: 'Remove' }), { key: 'Enter' });
    expect(ran).toEqual(['remove']);
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('of a row are built when they are asked for, not before', () => {
    const asked = vi.fn<() => readonly MenuEntry[]>(() => entriesOf([]));
    render(
      <ContextMenu entries={asked}>
        <div>Kiesbett</div>
      </ContextMenu>,
    );
    expect(asked).not.toHaveBeenCalled();
    fireEvent.contextMenu(screen.getByText('Kiesbett'));
    expect(screen.getByRole('menuitem', { name: /Play next/ })).toBeTruthy();
  });
});

describe('a dialog', () => {
  it('is named by its title and closes with Escape', () => {
    const onOpenChange = vi.fn<(open: boolean) => void>();
    render(
      <Dialog title="Clear what was kept?" open onOpenChange={onOpenChange} actions={<Button>Clear</Button>}>
        5.9 GB are freed.
      </Dialog>,
    );
    fireEvent.keyDown(screen.getByRole('dialog', { name: 'Clear what was kept?' }), { key: 'Escape' });
    expect(onOpenChange.mock.calls).toEqual([[false]]);
  });
});

describe('a cover', () => {
  it('is shown once it is there', () => {
    render(<Cover src="/artwork/a/96" alt="Löss" />);
    const image = screen.getByRole('img', { name: 'Löss' });
    const before = image.className;
    fireEvent.load(image);
    expect(image.className).not.toBe(before);
  });

  it('leaves a calm mark, with the name, when there is none or it fails', () => {
    const { rerender } = render(<Cover src={null} alt="Löss" />);
    expect(screen.getByRole('img', { name: 'Löss' }).tagName).toBe('SPAN');
    rerender(<Cover src="/artwork/broken/96" alt="Löss" />);
    fireEvent.error(screen.getByRole('img', { name: 'Löss' }));
    expect(screen.getByRole('img', { name: 'Löss' }).tagName).toBe('SPAN');
    rerender(<Cover src="/artwork/whole/96" alt="Löss" />);
    expect(screen.getByRole('img', { name: 'Löss' }).tagName).toBe('IMG');
  });

  it('says nothing where the title stands beside it', () => {
    render(<Cover src={null} alt="" />);
    expect(screen.queryByRole('img')).toBeNull();
  });
});

describe('a page message', () => {
  it('has its sentence as the heading; a failure is announced, emptiness is not', () => {
    const { rerender } = render(<PageMessage kind="empty" title="Nothing in here yet" />);
    expect(screen.getByRole('heading', { level: 1, name: 'Nothing in here yet' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    rerender(<PageMessage kind="error" title="The service does not answer" help="Riffle asks again." />);
    expect(screen.getByRole('alert').textContent).toContain('Riffle asks again.');
  });
});
