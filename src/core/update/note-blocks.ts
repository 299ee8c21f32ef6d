/** What is new, as it is shown: notes are plain words with blank lines, lists and headings, and nothing else of Markdown. */
export type NoteBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

const HEADING = /^#{1,6}\s+(.+)$/;
const ITEM = /^[-*•]\s+(.+)$/;

type Line =
  { readonly kind: 'blank' } | { readonly kind: 'heading' | 'item' | 'words'; readonly text: string };

const lineOf = (raw: string): Line => {
  const text = raw.trim();
  if (text === '') return { kind: 'blank' };
  const heading = HEADING.exec(text)?.[1];
  if (heading !== undefined) return { kind: 'heading', text: heading };
  const item = ITEM.exec(text)?.[1];
  return item === undefined ? { kind: 'words', text } : { kind: 'item', text: item };
};

/** What a line makes of the block before it; null: it begins one of its own. */
const joined = (last: NoteBlock | undefined, line: Exclude<Line, { kind: 'blank' }>): NoteBlock | null => {
  if (line.kind === 'item' && last?.kind === 'list') return { ...last, items: [...last.items, line.text] };
  if (line.kind !== 'words') return null;
  if (last?.kind === 'paragraph') return { ...last, text: `${last.text} ${line.text}` };
  if (last?.kind === 'list') {
    const items = [...last.items.slice(0, -1), `${last.items.at(-1)} ${line.text}`];
    return { ...last, items };
  }
  return null;
};

const begun = (line: Exclude<Line, { kind: 'blank' }>): NoteBlock => {
  if (line.kind === 'item') return { kind: 'list', items: [line.text] };
  return { kind: line.kind === 'heading' ? 'heading' : 'paragraph', text: line.text };
};

/** Every word of the notes, in order, in blocks. A line without a blank one before it goes on with what is above. */
export const noteBlocks = (notes: string): readonly NoteBlock[] => {
  const blocks: NoteBlock[] = [];
  let isOpen = false;
  for (const line of notes.split(/\r?\n/).map(lineOf)) {
    if (line.kind === 'blank') {
      isOpen = false;
      continue;
    }
    const last = blocks.at(-1);
    // Items with blank lines between them are one list all the same.
    const goesOn = isOpen || (line.kind === 'item' && last?.kind === 'list');
    const longer = goesOn ? joined(last, line) : null;
    if (longer === null) blocks.push(begun(line));
    else blocks[blocks.length - 1] = longer;
    isOpen = true;
  }
  return blocks;
};
