/**
 * What app and service say to each other about who listens, version 1. Signing in itself is OpenID Connect between the app
 * and the issuer that the service names; the service only ever sees access tokens (`Authorization: Bearer`, RFC 6750).
 */
import { z } from 'zod';
import { QUALITIES, TIERS } from '../core/entitlement/entitlement.ts';

export const tierSchema = z.enum(TIERS);
export const qualitySchema = z.enum(QUALITIES);

/** What the app needs to sign in with this service's issuer (a public, native client, RFC 8252). */
export const signInOfferSchema = z.object({
  /** Its metadata is at `<issuer>/.well-known/openid-configuration`. */
  issuer: z.url(),
  clientId: z.string(),
  /** Space-separated; holds `openid`, and `offline_access` where the issuer knows it. */
  scope: z.string(),
  /** Resource indicator (RFC 8707) to ask a token for; null where the issuer has none. */
  resource: z.string().nullable(),
  /** There are listeners to try it with, without a password. */
  demo: z.boolean(),
  /**
   * For an issuer that wants to know the port beforehand (Amazon Cognito): the addresses of the listener's own computer that the
   * browser may come back to, as `http://localhost:47321/callback`, tried in turn. Null or absent: 127.0.0.1 with any port
   * (RFC 8252, 7.3).
   */
  redirectUris: z
    .array(z.url({ protocol: /^http$/, hostname: /^(localhost|127\.0\.0\.1)$/ }))
    .min(1)
    .readonly()
    .nullish(),
});

export const entitlementSchema = z.object({
  qualities: z.array(qualitySchema).readonly(),
  /** May keep music offline and renew its lease. */
  offline: z.boolean(),
  ads: z.object({ afterMusicMs: z.int().positive(), mostSpots: z.int().positive() }).nullable(),
});

export const roleSchema = z.enum(['operator']);

/** Who the service takes the asker for. A service without sign-in has one listener for all: `listener`, premium. */
export const meSchema = z.object({
  /** The subject, unique with this service's issuer. */
  id: z.string().min(1).max(255),
  name: z.string().nullable(),
  tier: tierSchema,
  roles: z.array(roleSchema).readonly(),
  entitlement: entitlementSchema,
  /** Where a free listener becomes a premium one; null where the operator has no such page. */
  upgradeUrl: z.url().nullable(),
});

export const mediaQuerySchema = z.object({
  /** The best the tier may have when left out. What the tier may not have is `premium_required`, never quietly less. */
  quality: qualitySchema.optional(),
  /** `keep`: to be kept offline, which a tier must allow. */
  purpose: z.enum(['play', 'keep']).default('play'),
});

/** On every answer to a request with a token: the tier it was answered for. Another one than before: ask who you are again. */
export const TIER_HEADER = 'riffle-tier';

export type SignInOffer = Readonly<z.infer<typeof signInOfferSchema>>;
export type Me = Readonly<z.infer<typeof meSchema>>;
export type Role = z.infer<typeof roleSchema>;
export type MediaQuery = Readonly<z.input<typeof mediaQuerySchema>>;
