/** HTML of which every inserted value is escaped, unless it is HTML made by here. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Insertion = string | Html | null | readonly Html[];

const inserted = (value: Insertion): string => {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
  return value.map(({ text }) => text).join('');
};

/** Null inserts nothing. */
export const html = (parts: TemplateStringsArray, ...values: readonly Insertion[]): Html =>
  new Html(parts.map((part, index) => part + inserted(values[index] ?? null)).join(''));
