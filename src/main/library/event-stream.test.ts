import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamEvents, type StreamEvent } from './event-stream.ts';

const read = async (pieces: readonly Uint8Array[]): Promise<readonly StreamEvent[]> => {
  const events: StreamEvent[] = [];
  for await (const event of streamEvents(
    new Response(new Blob(pieces.map((piece) => Uint8Array.from(piece)))).body ?? new ReadableStream(),
  ))
    events.push(event);
  return events;
};
/** In these pieces, whatever the platform would make of them. */
const inPieces = (bytes: Uint8Array, cuts: readonly number[]): ReadableStream<Uint8Array> => {
  const places = [
    0,
    ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other),
    bytes.length,
  ];
  return new ReadableStream({
    start(controller) {
      for (const [index, place] of places.slice(1).entries()) {
        const piece = bytes.slice(places[index], place);
        if (piece.length > 0) controller.enqueue(piece);
      }
      controller.close();
    },
  });
};

const TEXT =
  ': here\n\nevent: document\ndata: {"ü":1}\n\n:\n\nid: 7\r\nevent: other\r\ndata: a\r\ndata:b\r\n\r\ndata: last';
const EVENTS = [
  { name: 'document', data: '{"ü":1}' },
  { name: 'other', data: 'a\nb' },
];

describe('server-sent events', () => {
  it('are name and data of what is whole; comments and what is cut off are none', async () => {
    expect(await read([new TextEncoder().encode(TEXT)])).toEqual(EVENTS);
  });
  it('are the same however the bytes come', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat(200), { maxLength: 12 }), async (cuts) => {
        const events: StreamEvent[] = [];
        for await (const event of streamEvents(inPieces(new TextEncoder().encode(TEXT), cuts)))
          events.push(event);
        expect(events).toEqual(EVENTS);
      }),
      { numRuns: 100 },
    ));
  it('end with an error when a line does not end', async () => {
    await expect(read([new TextEncoder().encode('x'.repeat(70_000))])).rejects.toThrow(RangeError);
  });
});
