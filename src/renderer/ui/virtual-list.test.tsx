// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { withoutLayout } from './layout-for-tests.ts';
import { VirtualList } from './virtual-list.tsx';

withoutLayout();
afterEach(cleanup);

describe('a virtual list', () => {
  it('has at most 60 rows of 100,000 in the document, and the height of all', () => {
    render(
      <VirtualList
        count={100_000}
        rowHeight={32}
        label="Tracks"
        rowKey={(index) => index}
        renderRow={(index) => <li>{`Row ${index}`}</li>}
      />,
    );
    const rows = screen.getAllByRole('listitem');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.length).toBeLessThanOrEqual(60);
    expect(rows[0]?.textContent).toBe('Row 0');
    expect(screen.getByRole('list', { name: 'Tracks' }).style.height).toBe('3200000px');
  });
});
