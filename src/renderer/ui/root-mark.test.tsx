// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useRootMark } from './root-mark.ts';

afterEach(cleanup);

function Bar({ isThere }: { readonly isThere?: boolean }) {
  useRootMark('floatingBar', isThere);
  return null;
}

it('says on the root element what stands at the foot of the window, for as long as it does', () => {
  const isSaid = (): boolean => document.documentElement.hasAttribute('data-floating-bar');
  const { rerender, unmount } = render(<Bar key="one page" />);
  expect(isSaid()).toBe(true);
  rerender(<Bar key="the next page" />);
  expect(isSaid()).toBe(true);
  rerender(<Bar key="the next page" isThere={false} />);
  expect(isSaid()).toBe(false);
  rerender(<Bar key="the next page" isThere />);
  unmount();
  expect(isSaid()).toBe(false);
});
