import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedaction } from './redact.ts';

const HOME = '/home/lene';
const redact = createRedaction({
  folders: [
    { path: '/home/lene/.config/riffle', name: 'data' },
    { path: '/home/lene/.config/riffle/cache', name: 'cache' },
    { path: '/opt/Riffle/resources/app.asar', name: 'app' },
  ],
  words: ['lene', 'lenes-laptop', 'Lene Wörner', 'Kiesbett, zweite Fassung'],
});
const onWindows = createRedaction({
  folders: [{ path: String.raw`C:\Users\Jörg M\AppData\Roaming\Riffle`, name: 'data' }],
  words: ['Jörg M'],
});

describe('redaction', () => {
  it.each([
    // What finds a defect stays.
    ["TypeError: Cannot read properties of undefined (reading 'id')"],
    ['    at createTrackCache (<app>/index.js:12:7)'],
    ['{"at":"2026-11-26T06:30:00.000Z","level":"warn"}'.replaceAll('"', '')],
    ['ERR_STREAM_PREMATURE_CLOSE in artwork-cache/artwork-files.ts after 1250 ms, 3 of 20'],
    ['the answer to /v1/tracks is not JSON'],
    ['nothing within 10000 ms from 127.0.0.1'],
    ['Riffle 0.1.0, Electron 45.4.1, Chrome 146'],
  ])('leaves %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it.each([
    ["open '/home/lene/.config/riffle/queue.json'", "open '<data>/queue.json'"],
    [
      'cannot write /home/lene/.config/riffle/cache/index.sqlite: ENOSPC',
      'cannot write <cache>/index.sqlite: ENOSPC',
    ],
    [
      '    at f (file:///opt/Riffle/resources/app.asar/dist/app/main/index.js:1:2)',
      '    at f (<app>/dist/app/main/index.js:1:2)',
    ],
    ['    at f (/home/lene/My Music/x y/host.ts:4:5)', '    at f (<path>/host.ts:4:5)'],
    ['    at app://riffle/assets/index-Bx81_Kw2.js:40:1200', '    at <address>/index-Bx81_Kw2.js:40:1200'],
    ["open '/srv/Lene's/It's Time.flac'", "open '<path>'"],
    ["cannot open /srv/Tom, Dick: Live (1999)/Song's End.flac", 'cannot open <path>'],
    ['GET https://lene:pw@s3.example/bucket/a.flac?X-Amz-Signature=abc failed', 'GET <address> failed'],
    ["GET https://s3.example/It's%20Time/Song's.flac failed", 'GET <address> failed'],
    ["in data:text/plain,it's'mine%20too: no", 'in <address> no'],
    ['read music%2FSong.flac twice', 'read <path> twice'],
    ['/v1/search?q=first%20love answered 500', '/v1/search?… answered 500'],
    ['authorization: Bearer abc.def', 'authorization: <secret> <secret>'],
    ['password: "two words" and so on', 'password: <secret> and so on'],
    ['password=hunter2&x=1', 'password=<secret>&x=1'],
    ['Unexpected token in JSON: "Kiesbett" is no object', 'Unexpected token in JSON: "…" is no object'],
    ['LENE on lenes-laptop played Kiesbett, zweite Fassung', '<name> on <name> played <name>'],
    ['write to lene.woerner@example.org now', 'write to <email> now'],
    ['account 0123456789abcdef, request 3f2b8c1e-9d4a-4b6f-8a7c-1234567890ab', 'account <id>, request <id>'],
    ['connect to 192.168.2.17 or 2001:db8:85a3::8a2e:370:7334', 'connect to <ip> or <ip>'],
  ])('%s → %s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each([
    [String.raw`C:\Users\Jörg M\AppData\Roaming\Riffle\settings.json`, String.raw`<data>\settings.json`],
    [String.raw`c:/users/JÖRG M/AppData/Roaming/Riffle/settings.json`, '<data>/settings.json'],
    ['file:///C:/Users/J%C3%B6rg%20M/AppData/Roaming/Riffle/a.js:1:2', '<data>/a.js:1:2'],
    [String.raw`open 'C:\\Users\\Jörg M\\Music\\a.m3u8'`, "open '<path>'"],
    [String.raw`\\nas\music\a.flac is gone`, '<path>'],
  ])('on Windows %s → %s', (text, redacted) => {
    expect(onWindows(text)).toBe(redacted);
  });

  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
  const token = fc
    .uint8Array({ minLength: 24, maxLength: 64 })
    .map((bytes) => Buffer.from(bytes).toString('base64url'));
  const word = fc.string({ unit: fc.constantFrom(...'bcdfghjklmqvwxz'), minLength: 5, maxLength: 9 });
  const around = fc.constantFrom(
    (secret: string) => `cannot do ${secret} now`,
    (secret: string) => `failed: ${secret}`,
    (secret: string) => `at f (${secret}:1:2)`,
    (secret: string) => `open '${secret}'`,
    (secret: string) => `{"path":"${secret}","n":1}`,
    (secret: string) => `[${secret}]`,
    (secret: string) => `first\n${secret}\nlast`,
  );

  it('lets no token, id, e-mail, signed address or file of this person through, wherever it stands', () => {
    const secret = fc.oneof(
      token.map((text) => ({ text, told: [text] })),
      hex(16).map((text) => ({ text, told: [text] })),
      hex(64).map((text) => ({ text, told: [text] })),
      fc.tuple(word, word).map(([name, host]) => ({ text: `${name}@${host}.example`, told: [name, host] })),
      fc
        .tuple(word, token)
        .map(([name, sign]) => ({ text: `https://${name}.example/a/b?s=${sign}`, told: [name, sign] })),
      fc.tuple(word, word).map(([folder, title]) => ({
        text: `${HOME}/${folder}/${title}.flac`,
        told: ['lene', folder, title],
      })),
      fc
        .tuple(word, word)
        .map(([user, title]) => ({ text: `C:\\Users\\${user}\\${title}.flac`, told: [user, title] })),
      fc.tuple(token, token, token).map((parts) => ({ text: parts.join('.'), told: parts })),
    );
    fc.assert(
      fc.property(secret, around, ({ text, told }, write) => {
        const redacted = redact(write(text));
        for (const each of told) expect(redacted).not.toContain(each);
      }),
      { numRuns: 800 },
    );
  });

  it('knows every name it was given, in any case and composition', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 3, maxLength: 12 })
      .filter(
        (text) =>
          /^[\p{L}\p{N} ]{3,}$/u.test(text) && text.trim() === text && text.length > 2 && text !== 'name',
      );
    fc.assert(
      fc.property(name, fc.constantFrom('NFC', 'NFD'), (text, form) => {
        const own = createRedaction({ folders: [], words: [text] });
        expect(own(`(${text.normalize(form)}) was here`)).toBe('(<name>) was here');
      }),
      { numRuns: 300 },
    );
  });

  it('changes nothing more the second time, and takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.oneof(token, word), (text, tail) => {
        const once = redact(`${text} ${tail}`);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it('is done with text that was made to be slow before a test runs out of time', () => {
    for (const unit of ['a', '/', "'/", '0:', 'a@', '"', 'Aa', '<', 'token=']) {
      expect(redact(unit.repeat(20_000)).length).toBeLessThan(200_000);
    }
  });
});
