import { array, assert, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { createRequestReader } from './request-reader.ts';

const REQUESTS = Buffer.from(
  'GET /v1/home HTTP/1.1\r\nhost: a\r\n\r\n' +
    'POST /v1/x HTTP/1.1\r\nContent-Length: 20\r\n\r\nGET /no HTTP/1.1\r\n\r\n' +
    'GET /objects/a?expires=1 HTTP/1.1\r\nRange: bytes=0-99\r\nhost: a\r\n\r\n',
);

test('requests are read whatever pieces they come in, and bodies are not taken for requests', () => {
  assert(
    property(array(nat({ max: REQUESTS.byteLength }), { maxLength: 12 }), (cuts) => {
      const places = [0, ...cuts.toSorted((left, right) => left - right), REQUESTS.byteLength];
      const reader = createRequestReader();
      const heads = places
        .slice(1)
        .flatMap((end, index) => [...reader.read(REQUESTS.subarray(places[index], end))]);
      expect(heads).toEqual([
        { method: 'GET', path: '/v1/home', range: null },
        { method: 'POST', path: '/v1/x', range: null },
        { method: 'GET', path: '/objects/a?expires=1', range: 'bytes=0-99' },
      ]);
    }),
  );
});

test('what is not HTTP/1.1 is passed over for good', () => {
  const opaque = [
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\u0016\u0003\u0001 a handshake\r\n\r\n',
    'x'.repeat(70_000),
  ];
  for (const bytes of opaque) {
    const reader = createRequestReader();
    expect(reader.read(Buffer.from(bytes, 'latin1'))).toEqual([]);
    expect(reader.read(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toEqual([]);
  }
});

test('after a body of unknown length nothing more is claimed', () => {
  const reader = createRequestReader();
  const heads = reader.read(
    Buffer.from('POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
  );
  expect(heads.map(({ path }) => path)).toEqual(['/a']);
  expect(reader.read(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toEqual([]);
});
