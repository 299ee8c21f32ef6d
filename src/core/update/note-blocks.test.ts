import { array, assert, constantFrom, property, stringMatching, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noteBlocks } from './note-blocks.ts';

const wordsOf = (notes: string): readonly string[] =>
  noteBlocks(notes)
    .flatMap((block) => (block.kind === 'list' ? block.items : [block.text]))
    .flatMap((text) => text.split(/\s+/));

describe('what is new', () => {
  it('is paragraphs, headings and lists', () => {
    const notes = [
      'Gapless,\nat last.',
      '',
      '### Mended',
      '- Seeking in long tracks',
      '  goes where it should',
      '* Umlauts',
      '',
      '- One more',
      '',
      'Thanks.',
    ].join('\r\n');
    expect(noteBlocks(notes)).toEqual([
      { kind: 'paragraph', text: 'Gapless, at last.' },
      { kind: 'heading', text: 'Mended' },
      { kind: 'list', items: ['Seeking in long tracks goes where it should', 'Umlauts', 'One more'] },
      { kind: 'paragraph', text: 'Thanks.' },
    ]);
    expect(noteBlocks(' \n\n')).toEqual([]);
  });

  it('loses no word and adds none, whatever is between them', () => {
    const word = stringMatching(/^[a-zäß0-9,.&<]{1,8}$/);
    const between = constantFrom(' ', '\n', '\n\n', '\n- ', '\n## ', '\r\n');
    assert(
      property(array(tuple(between, word), { maxLength: 40 }), (pieces) => {
        expect(wordsOf(pieces.flat().join(''))).toEqual(pieces.map(([, each]) => each));
      }),
    );
  });
});
