// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PageBoundary } from './page-boundary.tsx';

let broken = true;
const Page = () => {
  if (broken) throw new Error('a mistake');
  return <p>The page</p>;
};
const failures: unknown[] = [];
const page = (path: string) => (
  <PageBoundary
    resetKey={path}
    onFailure={(failure) => failures.push(failure)}
    fallback={(again) => (
      <button type="button" onClick={again}>
        Again
      </button>
    )}
  >
    <Page />
  </PageBoundary>
);

beforeEach(() => {
  broken = true;
  failures.length = 0;
  // React tells the console about what a boundary has caught.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('a page that breaks', () => {
  it('is replaced, reported, and shown again on demand', () => {
    render(page('/'));
    expect(failures).toMatchObject([{ message: 'a mistake' }]);
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Again' }));
    expect(screen.getByText('The page')).toBeTruthy();
  });

  it('gives way to the next page', () => {
    const { rerender } = render(page('/'));
    broken = false;
    rerender(page('/albums'));
    expect(screen.getByText('The page')).toBeTruthy();
  });
});
