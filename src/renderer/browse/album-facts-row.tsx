import type { ReactNode } from 'react';
import type { Album } from '../../contract/catalog-http.ts';
import { formatCount, formatDate, formatDuration } from '../i18n/format.ts';
import { currentLanguage } from '../i18n/i18n.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { classNames } from '../ui/class-names.ts';
import { tooltip } from '../ui/tooltip.tsx';
import { albumTracks, commonFormat, yearOf, type CommonFormat } from './album-facts.ts';
import styles from './hero.module.css';

type BrowseTexts = ReturnType<typeof useTexts<'browse'>>;

/** `44.1`, `44,1`, `96`. */
const kilohertz = (hertz: number): string =>
  new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1 }).format(hertz / 1000);

/** `−14.2`: a real minus, one decimal. */
const loudnessFigure = (lufs: number): string =>
  new Intl.NumberFormat(currentLanguage(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    .format(lufs)
    .replace('-', '\u2212');

const CODEC_NAMES: Readonly<Record<string, string>> = {
  mp3: 'MP3',
  aac: 'AAC',
  flac: 'FLAC',
  vorbis: 'Vorbis',
  opus: 'Opus',
  pcm: 'WAV',
};
const codecName = (codec: string): string => CODEC_NAMES[codec] ?? codec.toUpperCase();

/** As exact as the tracks have in common: `24-bit, 96 kHz`, else the codec, else that they are mixed. */
const formatWords = (t: BrowseTexts, format: CommonFormat): string => {
  const { bitDepth, sampleRateHz, codec, bitrateBps, lossless } = format;
  if (lossless && bitDepth !== null && sampleRateHz !== null) {
    return t('album.bits', { bits: bitDepth, rate: kilohertz(sampleRateHz) });
  }
  if (codec === null) return t('album.mixedFormats');
  if (!lossless && bitrateBps !== null) {
    return t('album.kilobits', { codec: codecName(codec), rate: formatCount(Math.round(bitrateBps / 1000)) });
  }
  return codecName(codec);
};

interface Fact {
  readonly label: string;
  readonly value: string;
  /** Folds away in a small window. */
  readonly optional?: boolean;
  readonly explained?: string | undefined;
}

const factsOf = (t: BrowseTexts, album: Album): readonly Fact[] => {
  const year = yearOf(album.releaseDate);
  const format = commonFormat(albumTracks(album));
  return [
    year === null
      ? null
      : {
          label: t('album.year'),
          value: year,
          explained: album.releaseDate === null ? undefined : formatDate(album.releaseDate),
        },
    {
      label: formatDuration(album.durationMs),
      value: t('tracks', { count: album.trackCount, formatted: formatCount(album.trackCount) }),
    },
    album.label === null ? null : { label: t('album.label'), value: album.label },
    album.catalogueNumber === null ? null : { label: t('album.catalogue'), value: album.catalogueNumber },
    format === null
      ? null
      : {
          label: t(format.lossless ? 'album.lossless' : 'album.format'),
          value: formatWords(t, format),
          optional: true,
        },
    album.loudness === null
      ? null
      : {
          label: t('album.loudness'),
          value: t('album.lufs', { value: loudnessFigure(album.loudness.integratedLufs) }),
          optional: true,
        },
  ].filter((fact) => fact !== null);
};

/** Value over label, side by side: what a collector looks at. */
export function AlbumFactsRow({ album }: { readonly album: Album }): ReactNode {
  const t = useTexts('browse');
  return (
    <dl className={styles.facts}>
      {factsOf(t, album).map((fact) => (
        <div
          key={fact.label}
          className={classNames(styles.fact, fact.optional === true && styles.optional)}
          {...(fact.explained === undefined ? {} : tooltip(fact.explained))}
        >
          <dt className={styles.factLabel}>{fact.label}</dt>
          <dd className={styles.factValue}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
