// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withoutLayout } from './layout-for-tests.ts';
import { useToastStore } from './toast.ts';
import { showToast } from './toast.ts';
import { Toasts } from './toasts.tsx';

withoutLayout();

const texts = (): readonly string[] => useToastStore.getState().toasts.map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers();
  render(<Toasts />);
});
afterEach(() => {
  cleanup();
  useToastStore.setState({ toasts: [] });
  vi.useRealTimers();
});

describe('toasts', () => {
  it('stay for six seconds', () => {
    act(() => showToast({ text: 'Added to the queue', tone: 'done' }));
    act(() => vi.advanceTimersByTime(5900));
    expect(screen.getByText('Added to the queue')).toBeTruthy();
    act(() => vi.advanceTimersByTime(200));
    expect(texts()).toEqual([]);
  });

  it('act once and go', () => {
    const undo = vi.fn<() => void>();
    act(() => showToast({ text: 'Removed', action: { label: 'Undo', onSelect: undo } }));
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(undo).toHaveBeenCalledTimes(1);
    expect(texts()).toEqual([]);
  });

  it('say the same thing once, and no more than three things at a time', () => {
    act(() => {
      for (const text of ['one', 'two', 'two', 'three', 'four']) showToast({ text });
    });
    expect(texts()).toEqual(['two', 'three', 'four']);
  });
});
