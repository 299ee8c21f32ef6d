import { describe, expect, it } from 'vitest';
import { adUrl, artworkUrl, seekPointsUrl, trackUrl, type ShellKind } from '../contract/track-url.ts';
import { adIdOf, artworkOf, seekPointsIdOf, trackIdOf } from './media-paths.ts';

const SHELLS: readonly ShellKind[] = ['electron', 'web'];
const base = 'http://127.0.0.1:4621';

describe('addresses of audio and pictures', () => {
  // The last two are what a URL parser would take for IPv4 addresses if they stood in the host.
  const ids = ['abcdefghij0123456789', '0x0123456789abcdef01', '12345678901234567890'];

  it.each(SHELLS)('lead back to the same id in the %s shell, whatever the id looks like', (shell) => {
    for (const id of ids) expect(trackIdOf(new URL(trackUrl(shell, id), base))).toBe(id);
    for (const id of ids)
      expect(artworkOf(new URL(artworkUrl(shell, id, 256), base))).toEqual({ id, size: 256 });
  });

  it.each(SHELLS)('tell a track from an ad in the %s shell', (shell) => {
    const [id = ''] = ids;
    const track = new URL(trackUrl(shell, id), base);
    const ad = new URL(adUrl(shell, id), base);
    expect([adIdOf(ad), trackIdOf(ad)]).toEqual([id, null]);
    expect([adIdOf(track), trackIdOf(track)]).toEqual([null, id]);
  });

  it.each(SHELLS)('tell a track from where its frames lie in the %s shell', (shell) => {
    const [id = ''] = ids;
    const track = trackUrl(shell, id);
    const points = new URL(seekPointsUrl(track), base);
    expect([seekPointsIdOf(points), trackIdOf(points)]).toEqual([id, null]);
    expect(seekPointsIdOf(new URL(track, base))).toBeNull();
  });

  it.each(['/tracks/', '/tracks/a/b', '/other/abc', 'track://audio/', 'track://audio/a/b'])(
    'are not read from %s',
    (address) => {
      expect(trackIdOf(new URL(address, base))).toBeNull();
    },
  );
});
