import type { AlbumKind, ArtistRef, Artwork, Loudness } from '../../contract/catalog-http.ts';
import type { AlbumRecord } from '../segments/catalog-records.ts';
import { VARIOUS_ARTISTS, isSameArtist } from './artists-from-tags.ts';
import type { ArtistCredit } from './artists-from-tags.ts';
import { compareTexts } from './clean-text.ts';
import { freeAlbumId } from './ids.ts';
import type { TrackIdentity } from './plan-track-ids.ts';
import type { TrackFacts } from './track-facts.ts';

/** A track as a part of its album. */
export interface AlbumMember {
  readonly facts: TrackFacts;
  readonly identity: TrackIdentity;
}

const LONGEST_SINGLE_MS = 15 * 60_000;

/**
 * Album ids of groups of tracks. A group keeps the id that most of its tracks had; where two groups had the same, the
 * one with more such tracks does. New groups get one that follows from their key.
 *
 * @param reserved ids of albums that are not being planned.
 */
export function assignAlbumIds(
  library: string,
  groups: ReadonlyMap<string, readonly AlbumMember[]>,
  reserved: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const claims = [...groups]
    .flatMap(([key, members]) => claimsOf(key, members))
    .sort(
      (left, right) =>
        right.votes - left.votes || compareTexts(left.key, right.key) || compareTexts(left.id, right.id),
    );
  const taken = new Set(reserved);
  const ids = new Map<string, string>();
  const take = (key: string, id: string): void => {
    ids.set(key, id);
    taken.add(id);
  };
  for (const { key, id } of claims) if (!ids.has(key) && !taken.has(id)) take(key, id);
  for (const key of [...groups.keys()].sort(compareTexts)) {
    if (!ids.has(key))
      take(
        key,
        freeAlbumId(library, key, (candidate) => taken.has(candidate)),
      );
  }
  return ids;
}

interface Claim {
  readonly key: string;
  readonly id: string;
  readonly votes: number;
}

function claimsOf(key: string, members: readonly AlbumMember[]): readonly Claim[] {
  const votes = new Map<string, number>();
  for (const { identity } of members) {
    const id = identity.previous?.album.id;
    if (id !== undefined) votes.set(id, (votes.get(id) ?? 0) + 1);
  }
  return [...votes].map(([id, count]) => ({ key, id, votes: count }));
}

/** The order of an album: disc, number (those without last), path. */
export function inAlbumOrder(members: readonly AlbumMember[]): readonly AlbumMember[] {
  const number = ({ facts }: AlbumMember): number => facts.tags.trackNumber ?? Number.MAX_SAFE_INTEGER;
  return [...members].sort(
    (left, right) =>
      left.facts.tags.discNumber - right.facts.tags.discNumber ||
      number(left) - number(right) ||
      compareTexts(left.facts.source.path, right.facts.source.path),
  );
}

export interface AlbumContext {
  readonly id: string;
  readonly previous: AlbumRecord | null;
  /** ISO 8601; when an album is new, it was added now. */
  readonly now: string;
  readonly artistRef: (credit: ArtistCredit) => ArtistRef;
}

/** The album that tracks make together: what most of them say of it. `members` are in album order, at least one. */
export function albumRecordOf(members: readonly AlbumMember[], context: AlbumContext): AlbumRecord {
  const tags = members.map((member) => member.facts.tags);
  const vote = <Value>(pick: (index: (typeof tags)[number]) => Value | null): Value | null =>
    mostCommon(tags.map(pick));
  const artists = albumArtistsOf(members);
  return {
    kind: 'album',
    id: context.id,
    title: vote((tag) => tag.albumTitle) ?? '',
    artists: artists.map(context.artistRef),
    albumKind: albumKindOf(members, artists),
    releaseDate: vote((tag) => tag.releaseDate),
    addedAt: context.previous?.addedAt ?? context.now,
    artwork: mostCommon<Artwork>(members.map((member) => member.facts.audio.artwork)),
    label: majority(tags.map((tag) => tag.label)),
    catalogueNumber: majority(tags.map((tag) => tag.catalogueNumber)),
    copyright: majority(tags.map((tag) => tag.copyright)),
    notes: context.previous?.notes ?? null,
    musicBrainzReleaseId: vote((tag) => tag.musicBrainzReleaseId),
    loudness: albumLoudness(members),
    discTitles: discTitlesOf(members),
  };
}

/** Who made the album: as tagged, else the one artist who is on every track, else various. */
function albumArtistsOf(members: readonly AlbumMember[]): readonly ArtistCredit[] {
  const tagged = mostCommon(members.map((member) => member.facts.tags.albumArtists));
  if (tagged !== null) return tagged;
  const [first, ...rest] = members.map((member) => member.facts.tags.artists);
  const common = (first ?? []).filter((artist) =>
    rest.every((others) => others.some((other) => isSameArtist(artist, other))),
  );
  const lead = common[0];
  if (lead === undefined) return [VARIOUS_ARTISTS];
  const areAllAlike =
    rest.every((others) => others.length === first?.length) && common.length === first?.length;
  return areAllAlike ? common : [lead];
}

function albumKindOf(members: readonly AlbumMember[], artists: readonly ArtistCredit[]): AlbumKind {
  const tagged = mostCommon(members.map((member) => member.facts.tags.albumKind));
  if (tagged !== null && tagged !== 'album') return tagged;
  const isCompilation =
    members.some((member) => member.facts.tags.isCompilation) ||
    artists.some((artist) => isSameArtist(artist, VARIOUS_ARTISTS));
  if (isCompilation) return 'compilation';
  const durationMs = members.reduce((sum, member) => sum + member.facts.audio.durationMs, 0);
  return tagged ?? (members.length === 1 && durationMs <= LONGEST_SINGLE_MS ? 'single' : 'album');
}

/**
 * Mean of the tracks' energies, weighted by length. It approximates what measuring the album in one go would give: the
 * relative gate of BS.1770 would take the whole album's level instead of each track's. The peak is exact.
 */
function albumLoudness(members: readonly AlbumMember[]): Loudness | null {
  let energy = 0;
  let durationMs = 0;
  let peak = Number.NEGATIVE_INFINITY;
  for (const { facts } of members) {
    const { loudness } = facts.audio;
    if (loudness === null) return null;
    energy += 10 ** (loudness.integratedLufs / 10) * facts.audio.durationMs;
    durationMs += facts.audio.durationMs;
    peak = Math.max(peak, loudness.truePeakDbtp);
  }
  if (durationMs === 0) return null;
  return { integratedLufs: Math.round(1000 * Math.log10(energy / durationMs)) / 100, truePeakDbtp: peak };
}

function discTitlesOf(members: readonly AlbumMember[]): Readonly<Record<string, string>> {
  const discs = new Set(members.map((member) => member.facts.tags.discNumber));
  const titles = [...discs].map((disc): readonly [string, string | null] => [
    String(disc),
    mostCommon(
      members
        .filter((member) => member.facts.tags.discNumber === disc)
        .map((member) => member.facts.tags.discTitle),
    ),
  ]);
  return Object.fromEntries(titles.filter((entry): entry is readonly [string, string] => entry[1] !== null));
}

/** The value that more than half have: what a few tracks say is not yet true of their album. */
function majority<Value>(values: readonly (Value | null)[]): Value | null {
  const best = mostCommon(values);
  const supporters = values.filter((value) => JSON.stringify(value) === JSON.stringify(best)).length;
  return supporters * 2 > values.length ? best : null;
}

/** The value that most have, the first among equals; null when none has one. */
function mostCommon<Value>(values: readonly (Value | null)[]): Value | null {
  const counts = new Map<string, { readonly value: Value; count: number }>();
  for (const value of values) {
    if (value === null) continue;
    const key = JSON.stringify(value);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { value, count: 1 });
    else known.count += 1;
  }
  let best: { readonly value: Value; readonly count: number } | null = null;
  for (const candidate of counts.values())
    if (best === null || candidate.count > best.count) best = candidate;
  return best?.value ?? null;
}
