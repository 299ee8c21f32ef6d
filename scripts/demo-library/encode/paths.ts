import { join } from 'node:path';
import type { DemoAlbum, DemoTrack } from '../albums/album.ts';
import { extensionOf } from './encode.ts';

/** What no file system forbids: no separators, none of the characters Windows reserves. */
function safe(name: string): string {
  return name.replaceAll(/[\\/:*?"<>|]/g, '_');
}

export function albumFolder(album: DemoAlbum): string {
  return join(safe(album.artist), safe(album.title));
}

/** `Artist/Album/01 - Title.ext`, relative to the library; with the disc in front where there are several. */
export function trackPath(album: DemoAlbum, track: DemoTrack, discIndex: number, trackIndex: number): string {
  const number = String(trackIndex + 1).padStart(2, '0');
  const disc = album.discs.length > 1 ? `${discIndex + 1}-` : '';
  return join(albumFolder(album), `${disc}${number} - ${safe(track.title)}.${extensionOf(track.format)}`);
}
