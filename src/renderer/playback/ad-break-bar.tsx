import { ExternalLink, Megaphone } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Track } from '../../contract/catalog-http.ts';
import { breakLeftMs } from '../../core/ads/break-progress.ts';
import { coverUrl } from '../host/media-address.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { explainPremium } from '../session/explain-premium.ts';
import { Button } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';
import textStyles from '../ui/text.module.css';
import { tooltip } from '../ui/tooltip.tsx';
import styles from './ad-break-bar.module.css';
import { adTitle } from './ad-words.ts';
import { spotHeard, type AdBreakView, type Clock } from './playback-store.ts';
import { shown } from './shown-playback.ts';
import { formatTimeLeft, useMusicIn } from './use-music-in.ts';
import { visitAd } from './visit-ad.ts';

const PICTURE_PX = 48;

interface InBreak {
  readonly adBreak: AdBreakView;
}

/** Who speaks, and where they want to be visited. */
export function AdSender({ adBreak }: InBreak) {
  const t = useTexts('playback');
  const spot = spotHeard(adBreak);
  if (spot === null) return null;
  const { artwork, link } = spot;
  const title = adTitle(spot);
  const place = t('ad.place', {
    number: formatCount(adBreak.index + 1),
    total: formatCount(adBreak.spots.length),
  });
  return (
    <div className={styles.sender}>
      {artwork === null ? (
        <span className={styles.noPicture} aria-hidden>
          <Megaphone size={20} />
        </span>
      ) : (
        <Cover src={coverUrl(artwork, PICTURE_PX)} alt="" size={PICTURE_PX} />
      )}
      <div className={styles.words}>
        <div className={styles.title} {...tooltip(title)}>
          {title}
        </div>
        <div className={styles.second}>
          <span className={styles.place}>{link === null ? place : `${place}. `}</span>
          {link !== null && (
            <button
              type="button"
              className={styles.link}
              {...tooltip(link.url)}
              onClick={() => void visitAd(adBreak.breakId, spot)}
            >
              <span className={styles.linkText}>{t('ad.visit', { label: link.label })}</span>
              <ExternalLink size={14} aria-hidden />
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

/** One segment a spot. Follows the clock without rendering, as the seek bar does. */
function AdProgress({ adBreak }: InBreak) {
  const t = useTexts('playback');
  const bar = useRef<HTMLDivElement>(null);
  const { spots, index } = adBreak;
  const totalMs = breakLeftMs(spots, 0, 0);

  useEffect(() => {
    const follow = ({ spotPositionMs }: Clock): void => {
      const heard = bar.current?.children[index];
      const durationMs = spots[index]?.durationMs ?? 0;
      if (bar.current === null || !(heard instanceof HTMLElement)) return;
      heard.style.setProperty('--heard', String(Math.min(1, spotPositionMs / durationMs)));
      const leftMs = breakLeftMs(spots, index, spotPositionMs);
      bar.current.setAttribute('aria-valuenow', String(Math.floor((totalMs - leftMs) / 1000)));
      bar.current.setAttribute('aria-valuetext', t('ad.musicIn', { time: formatTimeLeft(leftMs) }));
    };
    follow(shown.clock.getState());
    return shown.clock.subscribe(follow);
  }, [index, spots, totalMs, t]);

  return (
    <div
      ref={bar}
      // A progress element is one bar, not several.
      role="progressbar"
      className={styles.progress}
      aria-label={t('ad.progress')}
      aria-valuemin={0}
      aria-valuemax={Math.floor(totalMs / 1000)}
    >
      {spots.map((spot, at) => (
        <span
          key={spot.id}
          className={styles.segment}
          style={{ flexGrow: spot.durationMs, ...(at < index ? { '--heard': 1 } : {}) }}
        />
      ))}
    </div>
  );
}

/** Renders once a second, and alone. */
function MusicIn({ adBreak }: InBreak) {
  const t = useTexts('playback');
  return <span className={styles.musicIn}>{t('ad.musicIn', { time: useMusicIn(adBreak) })}</span>;
}

/** How long it takes and what follows, in the place of the track's own timeline; and the way to have none of it. */
export function AdTimeline({ adBreak, following }: InBreak & { readonly following: Track | null }) {
  const t = useTexts('playback');
  const artist = following?.artists.map(({ name }) => name).join(', ') ?? '';
  return (
    <div className={styles.timeline}>
      <div className={styles.parts}>
        <AdProgress key={adBreak.breakId} adBreak={adBreak} />
        <div className={styles.comes}>
          <MusicIn adBreak={adBreak} />
          {following !== null && (
            <span className={styles.following}>
              {` · ${t('ad.whatThen', { title: following.title, artist })}`}
            </span>
          )}
        </div>
        <Button onClick={() => explainPremium('ads')}>{t('ad.withoutAds')}</Button>
      </div>
    </div>
  );
}

/** Told once a break to those who cannot see it. There at all times: what comes with its words is not announced. */
export function AdAnnouncement({ adBreak }: { readonly adBreak: AdBreakView | null }) {
  const t = useTexts('playback');
  const spots = adBreak?.spots ?? [];
  const seconds = Math.round(breakLeftMs(spots, 0, 0) / 1000);
  return (
    <output className={textStyles.visuallyHidden}>
      {spots.length > 0 &&
        t('ad.announced', {
          count: seconds,
          formatted: formatCount(seconds),
          place: t('ad.place', { number: formatCount(1), total: formatCount(spots.length) }),
        })}
    </output>
  );
}
