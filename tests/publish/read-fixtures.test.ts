import { execFile } from 'node:child_process';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { gainTagsOf } from '../../src/catalog/publish/gain-tags.ts';
import { readAudioFile } from '../../src/catalog/publish/read-audio-file.ts';
import type { AudioFile } from '../../src/catalog/publish/read-audio-file.ts';
import { readLyrics } from '../../src/catalog/publish/read-lyrics.ts';
import { tagFacts } from '../../src/catalog/publish/tag-facts.ts';
import { BAD_FILES, TONES, TONE_ALBUM } from '../fixtures/tones.ts';
import { temporaryFolder, toneFile } from './publisher-harness.ts';

const read = async (path: string): Promise<AudioFile> => readAudioFile(path, (await stat(path)).size);

describe('reading audio files', () => {
  it.each(TONES)('reads the tags of $file', async (tone) => {
    const { metadata } = await read(toneFile(tone.file));
    const hasAlbumArtist = !tone.file.endsWith('.wav');
    expect(tagFacts(metadata, tone.file)).toMatchObject({
      title: tone.title,
      artists: [{ name: TONE_ALBUM.artist }],
      albumArtists: hasAlbumArtist ? [{ name: TONE_ALBUM.artist }] : null,
      albumTitle: TONE_ALBUM.title,
      trackNumber: tone.trackNumber,
      discNumber: 1,
      releaseDate: TONE_ALBUM.date,
      genres: [TONE_ALBUM.genre],
    });
  });

  it.each(TONES)('knows the length of $file to the sample', async (tone) => {
    const audio = await read(toneFile(tone.file));
    // ADTS says neither delay nor padding: its length is that of its frames of 1024 samples.
    const samples = (tone.durationMs * tone.sampleRateHz) / 1000;
    const isAdts = tone.file.endsWith('.aac');
    expect(audio.length?.lengthSamples).toBe(isAdts ? Math.ceil((samples + 1024) / 1024) * 1024 : samples);
    expect(audio.format).toMatchObject({ sampleRateHz: tone.sampleRateHz, channels: 1 });
    expect(audio.durationMs).toBe(isAdts ? 2043 : tone.durationMs);
  });

  it.each(TONES)('publishes $file as it is only where it plays', async (tone) => {
    const { publication } = await read(toneFile(tone.file));
    expect(publication).toMatchObject(
      tone.playsAsIs ? { as: 'original', codec: tone.codec } : { as: 'flac' },
    );
  });

  it('knows what the encoders of mp3, m4a and opus put before the sound', async () => {
    const delays = await Promise.all(
      ['tone-440.mp3', 'tone-550.m4a', 'tone-990.opus'].map(
        async (file) => (await read(toneFile(file))).length?.delaySamples,
      ),
    );
    expect(delays).toEqual([576, 1024, 312]);
  });

  it.each([
    ['bare.mp3', ['-c:a', 'libmp3lame', '-write_xing', '0', '-id3v2_version', '0'], 101_376, null],
    ['aac.m4a', ['-c:a', 'aac', '-movflags', '+delay_moov+default_base_moof'], 100_003, 1024],
    ['flac.m4a', ['-c:a', 'flac', '-strict', '-2', '-movflags', '+delay_moov+default_base_moof'], 100_003, 0],
  ] as const)(
    'knows the length of a %s without an index to the sample',
    async (name, options, length, delay) => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, name);
      const chirp = 'sine=f=300:r=44100,atrim=end_sample=100003';
      const fragments = name.endsWith('.m4a') ? ['-f', 'mp4', '-frag_duration', '500000'] : [];
      await promisify(execFile)('ffmpeg', [
        '-v',
        'error',
        '-f',
        'lavfi',
        '-i',
        chirp,
        ...options,
        ...fragments,
        path,
      ]);
      expect((await read(path)).length).toMatchObject({
        lengthSamples: length,
        sampleRateHz: 44_100,
        delaySamples: delay,
      });
    },
  );

  it('believes the content, not the name', async () => {
    await using folder = await temporaryFolder();
    for (const [tone, name] of [
      ['tone-770.flac', 'a.mp3'],
      ['tone-440.mp3', 'b.flac'],
      ['tone-990.opus', 'c.m4a'],
      ['tone-550.m4a', 'd.ogg'],
    ] as const) {
      const path = join(folder.path, name);
      await copyFile(toneFile(tone), path);
      const fixture = TONES.find((candidate) => candidate.file === tone);
      const audio = await read(path);
      expect([audio.format.codec, audio.durationMs]).toEqual([fixture?.codec, fixture?.durationMs]);
    }
  });

  it.each([
    [BAD_FILES.empty, 'it is empty'],
    [BAD_FILES.text, 'its content is none of the audio formats'],
    [BAD_FILES.truncated, 'it is truncated'],
    [BAD_FILES.truncatedFlac, 'it is truncated'],
  ])('says why %s cannot be read', async (file, reason) => {
    await expect(read(toneFile(file))).rejects.toThrow(reason);
  });

  it.each(TONES.map((tone) => tone.file))('never takes the first part of %s for the whole', async (file) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, file);
    const bytes = await readFile(toneFile(file));
    await writeFile(path, bytes.subarray(0, 40));
    await expect(read(path)).rejects.toThrow(/truncated|damaged|none of the audio formats|holds no/);
  });

  it('takes a guest of an old mp3 apart, and AC/DC together', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'x.mp3');
    await writeFile(
      path,
      Buffer.concat([id3v23('TPE1', 'AC/DC'), await readFile(toneFile('tone-440.mp3')).then(withoutId3)]),
    );
    const { metadata } = await read(path);
    expect(tagFacts(metadata, 'x.mp3').artists.map((artist) => artist.name)).toEqual(['AC/DC']);
  });

  it('reads lyrics with times from tags, and those beside the file before them', async () => {
    const flac = await read(toneFile('tone-770.flac'));
    expect(await readLyrics(flac.metadata, null)).toMatchObject({
      lines: [
        { atMs: 500, text: 'Erste Zeile' },
        { atMs: 1000, text: 'Zweite Zeile' },
      ],
    });
    expect(await readLyrics(flac.metadata, toneFile('tone-880.lrc'))).toMatchObject({
      lines: [{ atMs: 0, text: 'Beside the file' }, { atMs: 1250 }],
    });
  });

  it('finds gain, ISRC and picture', async () => {
    const ogg = await read(toneFile('tone-880.ogg'));
    expect(gainTagsOf(ogg.metadata).gainDb).toBe(-6.5);
    expect(tagFacts(ogg.metadata, 'x').isrc).toBe('DEA612400005');
    const mp3 = await read(toneFile('tone-440.mp3'));
    expect(mp3.metadata.common.picture).toHaveLength(1);
  });
});

/** An ID3v2.3 tag with one text frame in Latin-1. */
function id3v23(frame: string, text: string): Buffer {
  const content = Buffer.from(`\0${text}`, 'latin1');
  const header = Buffer.alloc(10);
  header.write(frame, 0, 'latin1');
  header.writeUInt32BE(content.length, 4);
  const size = header.length + content.length;
  return Buffer.concat([
    Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, size >> 7, size & 127]),
    header,
    content,
  ]);
}

/** The mp3 frames behind an ID3v2 tag. */
function withoutId3(bytes: Buffer): Buffer {
  const size = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + bytes.readUInt8(index), 0);
  return bytes.subarray(10 + size);
}
