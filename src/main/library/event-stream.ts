/** Server-sent events (WHATWG HTML, 9.2.6) out of a stream of bytes: name and data of each, until the stream ends. */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
}

/** A line longer than this is no event of ours. */
const MOST_LETTERS = 64 * 1024;

/** Throws a `RangeError` for a line that does not end. */
export async function* streamEvents(bytes: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  let name = 'message';
  let data: string[] = [];
  const reader = bytes.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      // A carriage return at the end may be the first half of a line's end.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      if (rest.length > MOST_LETTERS) throw new RangeError('an event does not end');
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { name, data: data.join('\n') };
          name = 'message';
          data = [];
          continue;
        }
        const [, field, text = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
        if (field === 'event') name = text;
        else if (field === 'data') data.push(text);
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
