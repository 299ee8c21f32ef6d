import type { DemoAlbum, DemoTrack } from './albums/album.ts';

export const LICENCE = `The demo library of Riffle: music, words and covers

To the extent possible under law, the authors of Riffle have waived all copyright and related or neighbouring
rights to everything in this folder: CC0 1.0 Universal, public domain dedication.
https://creativecommons.org/publicdomain/zero/1.0/legalcode

You can copy, change, distribute and perform all of it, for money too, without asking.

All music was composed and synthesised by scripts/demo-library. All names of artists, labels and records are
invented; the ISRCs are for show and belong to nobody. The words on the covers are set in Archivo
(SIL Open Font License 1.1), which lays no claim to pictures made with it.
`;

/** Lines of an LRC file, `[mm:ss.xx]words`; nothing for tracks without synced lyrics. */
export function lyricsFile(album: DemoAlbum, track: DemoTrack): string | undefined {
  if (track.words?.kind !== 'synced') return undefined;
  const secondsPerBeat = 60 / track.music.piece.beatsPerMinute;
  const stamp = (beat: number): string => {
    const hundredths = Math.round(beat * secondsPerBeat * 100);
    const two = (value: number): string => String(value).padStart(2, '0');
    return `[${two(Math.floor(hundredths / 6000))}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}]`;
  };
  const head = [`[ar:${track.artists[0]}]`, `[al:${album.title}]`, `[ti:${track.title}]`];
  return [...head, ...track.words.lines.map((line) => `${stamp(line.beat)}${line.text}`), ''].join('\n');
}

/** `path,plays`, as RFC 4180 quotes it: how often each track is said to have been heard. */
export function playsFile(rows: readonly (readonly [path: string, plays: number])[]): string {
  const quoted = (value: string): string =>
    /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return ['path,plays', ...rows.map(([path, plays]) => `${quoted(path)},${plays}`), ''].join('\n');
}

export function readme(albums: readonly DemoAlbum[]): string {
  const count = (album: DemoAlbum): number => album.discs.reduce((sum, disc) => sum + disc.tracks.length, 0);
  const rows = albums.map(
    (album) =>
      `| ${album.artist} | ${album.title} | ${album.released} | ${album.genre} | ${album.kind} | ${count(album)} |`,
  );
  return `# Demo library

Invented records by invented people, so that there is something to hear before there is a library. CC0, see
LICENSE.txt. Made by \`node scripts/demo-library/make.ts\`, which composes, plays, encodes and paints all of it anew.

| artist | title | released | genre | kind | tracks |
|---|---|---|---|---|---|
${rows.join('\n')}

- *Vatnið* is one piece cut twice in the middle of a sound: it must play without a sample lost or added.
- *Grå* has no tags; its names are in its paths.
- \`plays.csv\` says how often each track is to count as played.
`;
}
