import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTrack } from '../../../tests/host/track-builder.ts';
import { noteFromText, noteToText, type EntryNote } from './entry-note.ts';

const NOTE: EntryNote = {
  version: 2,
  sha256: 'a'.repeat(64),
  bytes: 123_456,
  contentType: 'audio/flac',
  etag: '"abc"',
  tracks: [
    { id: buildTrack('one').id, track: buildTrack('one') },
    { id: buildTrack('two').id, track: null },
  ],
};

describe('the note beside a file', () => {
  it('says how the audio plays, where that is known', () => {
    const audio = { sampleRateHz: 44_100, lengthSamples: 181_237, delaySamples: 1105, codec: 'mp3' };
    expect(noteFromText(noteToText({ ...NOTE, audio }))).toEqual({ ...NOTE, audio });
  });

  it('says what was noted', () => {
    expect(noteFromText(noteToText(NOTE))).toEqual(NOTE);
  });

  it('is not believed when a single character of it has changed', () => {
    const text = noteToText(NOTE);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 127 }), (place, change) => {
        const changed = String.fromCharCode(text.charCodeAt(place) ^ change);
        const note = noteFromText(text.slice(0, place) + changed + text.slice(place + 1));
        // White space and other spellings of the same text say the same.
        expect(note === null || JSON.stringify(note) === JSON.stringify(NOTE)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is not believed when it was cut, and never throws', () => {
    const text = noteToText(NOTE);
    fc.assert(
      fc.property(fc.nat(text.length - 1), (end) => {
        expect(noteFromText(text.slice(0, end))).toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (other) => {
        expect(noteFromText(other)).toBeNull();
      }),
    );
  });

  it('is not believed when it is of another version', () => {
    const text = noteToText(NOTE).replace('"version":2', '"version":1');
    expect(noteFromText(text)).toBeNull();
  });
});
