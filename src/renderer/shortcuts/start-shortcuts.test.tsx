// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Dialog } from '../ui/dialog.tsx';
import { withoutLayout } from '../ui/layout-for-tests.ts';
import { Slider } from '../ui/slider.tsx';
import type { ActionName, ChordChanges } from './actions.ts';
import { registerAction } from './registry.ts';
import { startShortcuts } from './start-shortcuts.ts';

withoutLayout();

let ran: ActionName[] = [];
let changes: ChordChanges = {};
let stops: (() => void)[] = [];

beforeEach(() => {
  ran = [];
  changes = {};
  const names: readonly ActionName[] = [
    'playback.toggle',
    'playback.seekForward',
    'playback.next',
    'frame.search',
    'frame.back',
    'playback.mute',
  ];
  stops = [startShortcuts(() => changes), ...names.map((name) => registerAction(name, () => ran.push(name)))];
});
afterEach(() => {
  cleanup();
  for (const stop of stops) stop();
});

/** Presses a key on an element; true when somebody took it. */
const press = (element: Element, key: string, modifiers: KeyboardEventInit = {}): boolean =>
  !fireEvent.keyDown(element, { key, ...modifiers });

describe('the key handler', () => {
  it('runs an action and takes the key', () => {
    expect(press(document.body, ' ')).toBe(true);
    expect(ran).toEqual(['playback.toggle']);
  });

  it('leaves keys that mean nothing, or whose action nobody has registered', () => {
    expect([press(document.body, 'x'), press(document.body, 'q')]).toEqual([false, false]);
    expect(ran).toEqual([]);
  });

  it('leaves typing alone, but not Mod+K', () => {
    render(<input aria-label="Search" />);
    const input = screen.getByRole('textbox');
    press(input, ' ');
    press(input, 'm');
    press(input, 'ArrowRight');
    press(input, 'ArrowRight', { ctrlKey: true });
    press(input, 'k', { ctrlKey: true });
    expect(ran).toEqual(['frame.search']);
  });

  it('leaves arrows and Space to controls that use them', () => {
    render(
      <div>
        <Slider label="Volume" value={1} min={0} max={2} step={1} onChange={() => {}} />
        <Dialog title="Sign out" open onOpenChange={() => {}}>
          Really?
        </Dialog>
      </div>,
    );
    press(screen.getByRole('slider', { hidden: true }), 'ArrowRight');
    press(screen.getByText('Really?'), ' ');
    expect(ran).toEqual([]);
    press(screen.getByRole('slider', { hidden: true }), 'm');
    expect(ran).toEqual(['playback.mute']);
  });

  it('gives whoever is closer to a key the first say', () => {
    render(
      <button type="button" onKeyDown={(event) => event.preventDefault()}>
        A row
      </button>,
    );
    press(screen.getByText('A row'), ' ');
    expect(ran).toEqual([]);
  });

  it('follows the listener’s own keys from the next press on', () => {
    changes = { 'playback.mute': 'X', 'playback.toggle': null };
    press(document.body, 'x');
    press(document.body, ' ');
    press(document.body, 'm');
    expect(ran).toEqual(['playback.mute']);
  });

  it('goes back with the fourth mouse button', () => {
    fireEvent.mouseUp(document.body, { button: 3 });
    fireEvent.mouseUp(document.body, { button: 0 });
    expect(ran).toEqual(['frame.back']);
  });

  it('says nothing after it was stopped', () => {
    stops[0]?.();
    press(document.body, ' ');
    expect(ran).toEqual([]);
  });
});
