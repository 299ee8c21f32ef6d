/** What the window and the computer's own surroundings say to each other: tray, notifications, sleep, proxy. */
import { z } from 'zod';
import { idSchema, sha256Schema } from './catalog-http.ts';

/** What this shell can really do on this computer; the window offers nothing else. */
export interface SystemAbilities {
  /** Has an icon beside the clock, and can stay there without a window (`closeToTray`). */
  readonly tray: boolean;
  readonly launchAtLogin: boolean;
  readonly trackNotifications: boolean;
  readonly stayAwake: boolean;
  /** Takes the proxy settings. */
  readonly proxy: boolean;
  /** Is opened by `riffle:` links and playlist files. */
  readonly opensLinks: boolean;
  /** The profile that is open; null for the one without a name. */
  readonly profile: string | null;
}

const shortText = z.string().max(500);

/** What sounds or would sound next, in the words the system shows. In an ad break: the ad's, without a track. */
export const nowPlayingSchema = z.object({
  trackId: idSchema.nullable(),
  title: shortText,
  /** Joined with commas. */
  artists: shortText,
  album: shortText,
  artworkId: sha256Schema.nullable(),
  /** The listener has asked for sound. */
  isPlaying: z.boolean(),
  /** There is a way on and back; not in an ad break. */
  canSkip: z.boolean(),
});
export type NowPlaying = Readonly<z.infer<typeof nowPlayingSchema>>;
