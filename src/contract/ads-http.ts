/** What app and service say to each other about ad breaks, version 1. Names of events as in VAST 4 (IAB). */
import { z } from 'zod';
import { artworkSchema, idSchema, mediaAddressSchema } from './catalog-http.ts';

/** Of one spot's audio: the app takes it whole into memory before a break begins. */
export const LARGEST_AD_BYTES = 8 * 1024 ** 2;
/** In one request. */
export const MOST_AD_EVENTS = 200;

export const adSpotSchema = z.object({
  /** Stable while its audio stays the same. */
  id: idSchema,
  /** Who speaks: `Hafenfest Duisburg`. */
  sender: z.string(),
  title: z.string(),
  durationMs: z.int().positive(),
  artwork: artworkSchema.nullable(),
  /** Opens after a click, in the browser. https only. `label` is what is shown of it: `hafenfest.example`. */
  link: z.object({ url: z.url({ protocol: /^https$/ }), label: z.string() }).nullable(),
});

export const adBreakRequestSchema = z.object({
  /** The track that was heard before: its genres decide what does not fit. */
  afterTrackId: idSchema.nullable(),
  /** Heard lately, newest first: not again so soon, where there are others. */
  recentSpotIds: z.array(idSchema).max(50).default([]),
  /** Of the app's choosing, so that an answer that got lost is not counted twice. */
  breakId: z.uuid(),
});

export const adBreakSchema = z.object({
  breakId: z.uuid(),
  /** Empty: there is nothing to hear, the music goes on. */
  spots: z.array(z.object({ ...adSpotSchema.shape, media: mediaAddressSchema })).readonly(),
});

export const AD_EVENTS = [
  'impression',
  'firstQuartile',
  'midpoint',
  'thirdQuartile',
  'complete',
  'click',
] as const;
export const adEventSchema = z.object({
  breakId: z.uuid(),
  spotId: idSchema,
  /** Counted once for each break, spot and kind, however often it is sent. */
  kind: z.enum(AD_EVENTS),
  /** When it happened on the listener's computer. */
  at: z.iso.datetime(),
});
export const adEventsSchema = z.object({
  events: z.array(adEventSchema).min(1).max(MOST_AD_EVENTS).readonly(),
});

/** For operators: what became of each spot. */
export const adReportSchema = z.object({
  spots: z
    .array(
      z.object({
        spotId: idSchema,
        sender: z.string(),
        title: z.string(),
        counts: z.object(
          Object.fromEntries(AD_EVENTS.map((kind) => [kind, z.int().nonnegative()])) as Record<
            (typeof AD_EVENTS)[number],
            z.ZodInt
          >,
        ),
      }),
    )
    .readonly(),
});

export type AdSpot = Readonly<z.infer<typeof adSpotSchema>>;
export type AdBreak = Readonly<z.infer<typeof adBreakSchema>>;
export type AdBreakRequest = Readonly<z.input<typeof adBreakRequestSchema>>;
export type AdEvent = Readonly<z.infer<typeof adEventSchema>>;
export type AdEventKind = (typeof AD_EVENTS)[number];
export type AdReport = Readonly<z.infer<typeof adReportSchema>>;
