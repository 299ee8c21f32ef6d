/** Every word of the public pages, in English and German. */
import type { AlbumKind } from '../../contract/catalog-http.ts';
import type { Language } from '../identity/pages/texts.ts';

export interface ShareTexts {
  readonly locale: string;
  readonly kind: Readonly<Record<AlbumKind | 'track' | 'artist' | 'playlist', string>>;
  readonly by: (people: string) => string;
  readonly from: (album: string) => string;
  readonly tracks: (count: string, isOne: boolean) => string;
  readonly records: (count: string, isOne: boolean) => string;
  readonly minutes: (count: string) => string;
  readonly hours: (hours: string, minutes: string) => string;
  readonly open: string;
  readonly openAt: (place: string) => string;
  readonly opensHint: string;
  readonly get: string;
  readonly preview: (seconds: string) => string;
  readonly play: (title: string) => string;
  readonly trackList: string;
  readonly popular: string;
  readonly newest: string;
  readonly length: string;
  readonly more: (count: string) => string;
  readonly explicit: string;
  readonly otherLanguage: string;
  readonly joinTitle: string;
  readonly join: string;
  readonly missingTitle: string;
  readonly missing: string;
  readonly goneTitle: string;
  readonly gone: string;
  readonly awayTitle: string;
  readonly away: string;
  readonly cover: (title: string) => string;
}

const english: ShareTexts = {
  locale: 'en',
  kind: {
    track: 'Track',
    artist: 'Artist',
    playlist: 'Playlist',
    album: 'Album',
    ep: 'EP',
    single: 'Single',
    compilation: 'Compilation',
    live: 'Live album',
  },
  by: (people) => `by ${people}`,
  from: (album) => `from ${album}`,
  tracks: (count, isOne) => (isOne ? '1 track' : `${count} tracks`),
  records: (count, isOne) => (isOne ? '1 record' : `${count} records`),
  minutes: (count) => `${count} min`,
  hours: (hours, minutes) => `${hours} h ${minutes} min`,
  open: 'Open in Riffle',
  openAt: (place) => `Open in Riffle at ${place}`,
  opensHint: 'Nothing happens? Then Riffle is not on this device yet.',
  get: 'Get Riffle',
  preview: (seconds) => `Preview, ${seconds} seconds`,
  play: (title) => `Play a preview of ${title}`,
  trackList: 'Tracks',
  popular: 'Most played',
  newest: 'Records',
  length: 'Length',
  more: (count) => `and ${count} more in Riffle`,
  explicit: 'Explicit',
  otherLanguage: 'Deutsch',
  joinTitle: 'You are invited to a playlist',
  join: 'Open the invitation in Riffle to join. It works once, for whoever uses it first. In the app you can also enter this link yourself.',
  missingTitle: 'There is nothing here',
  missing: 'The link is not whole, or what it led to is no longer in the catalog.',
  goneTitle: 'This is not shared any more',
  gone: 'Whoever shared it has taken the link back.',
  awayTitle: 'Not to be had just now',
  away: 'The service cannot answer yet. Try again in a moment.',
  cover: (title) => `Cover of ${title}`,
};

const german: ShareTexts = {
  locale: 'de',
  kind: {
    track: 'Titel',
    artist: 'Künstler',
    playlist: 'Playlist',
    album: 'Album',
    ep: 'EP',
    single: 'Single',
    compilation: 'Zusammenstellung',
    live: 'Live-Album',
  },
  by: (people) => `von ${people}`,
  from: (album) => `aus ${album}`,
  tracks: (count, isOne) => (isOne ? '1 Titel' : `${count} Titel`),
  records: (count, isOne) => (isOne ? '1 Platte' : `${count} Platten`),
  minutes: (count) => `${count} Min.`,
  hours: (hours, minutes) => `${hours} Std. ${minutes} Min.`,
  open: 'In Riffle öffnen',
  openAt: (place) => `In Riffle öffnen ab ${place}`,
  opensHint: 'Nichts passiert? Dann ist Riffle noch nicht auf diesem Gerät.',
  get: 'Riffle holen',
  preview: (seconds) => `Hörprobe, ${seconds} Sekunden`,
  play: (title) => `Hörprobe von ${title} abspielen`,
  trackList: 'Titel',
  popular: 'Meistgespielt',
  newest: 'Platten',
  length: 'Länge',
  more: (count) => `und ${count} weitere in Riffle`,
  explicit: 'Explizit',
  otherLanguage: 'English',
  joinTitle: 'Du bist zu einer Playlist eingeladen',
  join: 'Öffne die Einladung in Riffle, um beizutreten. Sie gilt einmal, und zwar für die Person, die sie zuerst benutzt. In der App kannst du diesen Link auch selbst eingeben.',
  missingTitle: 'Hier ist nichts',
  missing: 'Der Link ist unvollständig, oder wohin er führte, ist nicht mehr im Katalog.',
  goneTitle: 'Das wird nicht mehr geteilt',
  gone: 'Wer es geteilt hat, hat den Link zurückgenommen.',
  awayTitle: 'Gerade nicht zu haben',
  away: 'Der Dienst kann noch nicht antworten. Versuch es gleich noch einmal.',
  cover: (title) => `Cover von ${title}`,
};

export const SHARE_TEXTS: Readonly<Record<Language, ShareTexts>> = { en: english, de: german };

export const formatCount = (count: number, { locale }: ShareTexts): string =>
  new Intl.NumberFormat(locale).format(count);

/** `3:42`, `1:02:07`. */
export const formatTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

/** `45 min`, `2 h 5 min`; at least a minute. */
export const formatLength = (ms: number, texts: ShareTexts): string => {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return texts.minutes(String(minutes));
  return texts.hours(formatCount(Math.floor(minutes / 60), texts), String(minutes % 60));
};
