/** What a listener can set. Stored as one JSON document; unknown keys are kept, invalid values fall back one by one. */
import { z } from 'zod';
import { HISTORY_KEEPS } from '../core/history/listening.ts';
import { UPDATE_CHANNELS } from '../core/update/manifest.ts';

/** As disks are sold and file managers count. */
export const GIGABYTE = 1_000_000_000;

/** How the app reaches the network. The password is not here: it lies in the system's key store. */
export const proxySettingsSchema = z.object({
  /** `system`: as this computer is set up. */
  mode: z.enum(['system', 'none', 'manual']),
  /** `http://proxy.example:8080`, `https://…` or `socks5://…`; without it a manual proxy lets nothing out. */
  server: z
    .string()
    .max(300)
    .regex(/^$|^(https?|socks5):\/\/[^\s/@?#\\]+\/?$/),
  username: z.string().max(200),
  /** Hosts that are reached without it, separated by commas: `intern.example, *.example.org, 10.0.0.1:8080`. */
  bypass: z.string().max(2_000),
});
export type ProxySettings = Readonly<z.infer<typeof proxySettingsSchema>>;
const SYSTEM_PROXY: ProxySettings = { mode: 'system', server: '', username: '', bypass: '' };

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system').default('system'),
  contrast: z.enum(['system', 'more', 'normal']).catch('system').default('system'),
  accentFromArtwork: z.boolean().catch(true).default(true),
  density: z.enum(['compact', 'standard', 'roomy']).catch('standard').default('standard'),
  textSizePercent: z
    .union([z.literal(90), z.literal(100), z.literal(115), z.literal(130)])
    .catch(100)
    .default(100),
  language: z.enum(['system', 'en', 'de']).catch('system').default('system'),
  timeDisplay: z.enum(['total', 'left']).catch('total').default('total'),
  /** Both tracks sound for so long; never inside an album that plays in order. */
  crossfadeSeconds: z.int().min(0).max(12).catch(0).default(0),
  /** Even loudness: of each track, of each album, or of the album while one plays in order. */
  loudness: z.enum(['off', 'track', 'album', 'auto']).catch('auto').default('auto'),
  loudnessLevel: z.enum(['quiet', 'normal', 'loud']).catch('normal').default('normal'),
  /** How fast music plays, its pitch kept: 1 is as it was recorded. */
  speed: z.number().min(0.5).max(2).catch(1).default(1),
  /** Go on with similar music at the end of the queue. */
  autoplay: z.boolean().catch(true).default(true),
  mono: z.boolean().catch(false).default(false),
  /** Null: the system's own. */
  outputDeviceId: z.string().max(200).nullable().catch(null).default(null),
  /** By output device (`default` for the system's own): gains of ten octave bands in decibels. */
  equaliser: z
    .record(
      z.string().max(200),
      z.object({
        on: z.boolean(),
        preset: z.string().max(40).nullable(),
        bandsDb: z.array(z.number().min(-12).max(12)).length(10).readonly(),
        /** What the device is called: browsers give it another id when their data is cleared. */
        label: z.string().max(200).catch('').default(''),
      }),
    )
    .catch({})
    .default({}),
  streamingQuality: z
    .enum(['automatic', 'low', 'normal', 'high', 'lossless'])
    .catch('automatic')
    .default('automatic'),
  downloadQuality: z.enum(['low', 'normal', 'high', 'lossless']).catch('lossless').default('lossless'),
  fadeOnPause: z.boolean().catch(true).default(true),
  /** Fetch what comes next in the queue ahead of time. */
  prefetch: z.boolean().catch(true).default(true),
  /** Fetch ahead, and what is kept offline, also on networks that are paid by use. */
  fetchOnMetered: z.boolean().catch(false).default(false),
  /** For what was played. Null: a tenth of the free disk, 1 to 10 GB. */
  cachedLimitBytes: z
    .int()
    .min(GIGABYTE)
    .max(4_000 * GIGABYTE)
    .nullable()
    .catch(null)
    .default(null),
  /** For what is kept on purpose. Null: as much as the disk takes. */
  pinnedLimitBytes: z
    .int()
    .min(GIGABYTE)
    .max(4_000 * GIGABYTE)
    .nullable()
    .catch(40 * GIGABYTE)
    .default(40 * GIGABYTE),
  /** Closing the window leaves the music playing, and an icon beside the clock. */
  closeToTray: z.boolean().catch(false).default(false),
  launchAtLogin: z.boolean().catch(false).default(false),
  /** Say what begins to play, unless the window is in front. */
  notifyOnTrackChange: z.boolean().catch(false).default(false),
  /** The computer does not fall asleep by itself while something plays; its screen may. */
  stayAwakeWhilePlaying: z.boolean().catch(true).default(true),
  /** How long what was played is remembered. */
  historyKeep: z.enum(HISTORY_KEEPS).catch('all').default('all'),
  proxy: proxySettingsSchema.catch(SYSTEM_PROXY).default(SYSTEM_PROXY),
  /** `automatic` fetches quietly what is new; `ask` only says so; `off` asks nobody. Nothing is installed without a word. */
  updates: z.enum(['automatic', 'ask', 'off']).catch('automatic').default('automatic'),
  updateChannel: z.enum(UPDATE_CHANNELS).catch('stable').default('stable'),
  /** The listener does not want this version. */
  skippedVersion: z.string().max(64).nullable().catch(null).default(null),
  /** The listener has seen that this version is there: it is not pointed to again. */
  seenVersion: z.string().max(64).nullable().catch(null).default(null),
  /** ISO 8601: crashes up to this moment were told of. */
  crashesToldUntil: z.string().max(32).nullable().catch(null).default(null),
  /** Action name → key chord (`Mod+ArrowRight`); only what differs from the defaults. Null unbinds. */
  shortcuts: z.record(z.string(), z.string().nullable()).catch({}).default({}),
});

export type Settings = Readonly<z.infer<typeof settingsSchema>>;
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
