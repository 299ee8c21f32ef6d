// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tooltip, TooltipLayer } from './tooltip.tsx';

beforeEach(() => {
  vi.useFakeTimers();
  render(
    <>
      <button type="button" {...tooltip('Queue', 'Q')}>
        icon
      </button>
      <button type="button">plain</button>
      <TooltipLayer />
    </>,
  );
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const wait = (ms: number): void => act(() => void vi.advanceTimersByTime(ms));

describe('a tooltip', () => {
  it('comes after half a second, with the key, and goes with the pointer', () => {
    fireEvent.pointerOver(screen.getByText('icon'));
    wait(400);
    expect(screen.queryByText('Queue')).toBeNull();
    wait(200);
    expect(screen.getByText('Queue').parentElement?.textContent).toBe('QueueQ');
    fireEvent.pointerOver(screen.getByText('plain'));
    expect(screen.queryByText('Queue')).toBeNull();
  });

  it.each([
    ['Escape', () => fireEvent.keyDown(document.body, { key: 'Escape' })],
    ['a press', () => fireEvent.pointerDown(document.body)],
    ['scrolling', () => fireEvent.scroll(document)],
  ])('goes with %s', (_what, gone) => {
    fireEvent.pointerOver(screen.getByText('icon'));
    wait(600);
    expect(screen.getByText('Queue')).toBeTruthy();
    gone();
    expect(screen.queryByText('Queue')).toBeNull();
  });

  it('says the new name when its button gets one', async () => {
    fireEvent.pointerOver(screen.getByText('icon'));
    wait(600);
    screen.getByText('icon').closest('[data-tooltip]')?.setAttribute('data-tooltip', 'Close the queue');
    vi.useRealTimers();
    expect(await screen.findByText('Close the queue')).toBeTruthy();
    expect(screen.queryByText('Queue')).toBeNull();
  });
});
