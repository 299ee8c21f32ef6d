// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Track } from '../../contract/catalog-http.ts';
import { runAction } from '../shortcuts/registry.ts';
import { useFind } from './use-find.tsx';

afterEach(cleanup);

const tracksNamed = (titles: readonly string[]): readonly Track[] =>
  titles.map((title) => ({ title, artists: [], album: { id: 'b', title: 'Löss' } })) as unknown as Track[];
const FEW = tracksNamed(['Lösskante', 'Windrichtung']);
const MANY = tracksNamed(Array.from({ length: 41 }, (_, index) => `Tone ${index}`));

function Page({ tracks }: { readonly tracks: readonly Track[] }) {
  const find = useFind(tracks);
  return (
    <>
      {find.field}
      <ul>
        {find.tracks.map((track) => (
          <li key={track.title}>{track.title}</li>
        ))}
      </ul>
      {find.nothing}
    </>
  );
}
const field = (): HTMLElement | null => screen.queryByRole('searchbox', { name: 'Find in these tracks' });
const shown = (): readonly (string | null)[] =>
  screen.queryAllByRole('listitem').map((row) => row.textContent);
const type = (text: string): void => {
  const input = field();
  if (input === null) throw new Error('there is no field');
  fireEvent.change(input, { target: { value: text } });
};

describe('finding in a page', () => {
  it('opens its field on the key, with the focus in it, and narrows the list', () => {
    render(<Page tracks={FEW} />);
    expect(field()).toBeNull();
    act(() => void runAction('page.find'));
    expect(document.activeElement).toBe(field());
    type('kante');
    expect(shown()).toEqual(['Lösskante']);
    expect(screen.getByRole('status').textContent).toBe('1 track found');
  });

  it('says when nothing is left, and shows everything again on Escape', () => {
    render(<Page tracks={FEW} />);
    act(() => void runAction('page.find'));
    type('flood');
    expect(screen.getByText('None of these tracks has “flood” in it.')).toBeTruthy();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
    expect(field()).toBeNull();
    expect(shown()).toHaveLength(2);
  });

  it('is there from the start over a long list', () => {
    render(<Page tracks={MANY} />);
    expect(field()).not.toBeNull();
    type('tone 40');
    expect(shown()).toEqual(['Tone 40']);
  });
});
