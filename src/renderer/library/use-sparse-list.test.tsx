// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { array, assert, integer, property } from 'fast-check';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { createQueryClient } from '../host/queries.ts';
import { LIBRARY_KEY } from './library-store.ts';
import { ITEMS_A_PAGE, pagesFor, placeItems, useSparseList } from './use-sparse-list.ts';

afterEach(cleanup);

describe('a list of which only what is on screen is had', () => {
  it('asks for the pages in sight and holds on to few others', () => {
    assert(
      property(array(integer({ min: 0, max: 99_999 }), { minLength: 1, maxLength: 40 }), (places) => {
        let pages: readonly number[] = [0];
        for (const place of places) {
          const shown = [place, place + 40];
          pages = pagesFor(pages, shown);
          for (const index of shown) expect(pages).toContain(Math.floor(index / ITEMS_A_PAGE));
          expect(new Set(pages).size).toBe(pages.length);
          expect(pages.length).toBeLessThanOrEqual(8);
        }
        expect(pagesFor(pages, [places.at(-1) ?? 0])).toBe(pages);
      }),
    );
  });

  it('puts what is had in its place, and never beyond the end', () => {
    const items = placeItems(150, [{ page: 1, items: Array.from({ length: ITEMS_A_PAGE }, (_, at) => at) }]);
    expect(items).toHaveLength(150);
    expect([items[99], items[100], items[149]]).toEqual([null, 0, 49]);
  });

  it('reaches the end of 100,000 with two questions, keeps what it shows until another answer, and follows changes', async () => {
    const client = createQueryClient();
    const wrapper = ({ children }: { readonly children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    );
    const asked: string[] = [];
    let revision = 1;
    const { result, rerender } = renderHook(
      ({ filter }: { readonly filter: string }) =>
        useSparseList(['tracks', filter], ({ offset, limit }) => {
          asked.push(`${filter}:${offset}`);
          const items = Array.from({ length: limit }, (_, at) => `${filter}${offset + at} r${revision}`);
          return Promise.resolve({ items, total: filter === '' ? 100_000 : 100, revision });
        }),
      { wrapper, initialProps: { filter: '' } },
    );
    expect(result.current.items).toBeNull();
    await waitFor(() => expect(result.current.items).toHaveLength(100_000));
    act(() => result.current.show([99_960, 99_999]));
    await waitFor(() => expect(result.current.items?.[99_999]).toBe('99999 r1'));
    expect(asked).toEqual([':0', ':99900']);

    rerender({ filter: 'x' });
    expect([result.current.items?.length, result.current.isOld]).toEqual([100_000, true]);
    await waitFor(() => expect(result.current.items).toHaveLength(100));
    expect(result.current.isOld).toBe(false);

    revision = 2;
    await act(() => client.invalidateQueries({ queryKey: [LIBRARY_KEY] }));
    await waitFor(() => expect(result.current.items?.[0]).toBe('x0 r2'));
  });
});
