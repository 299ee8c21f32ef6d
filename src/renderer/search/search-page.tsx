import { Disc3, History, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { SearchKind, SearchReply } from '../../contract/catalog-http.ts';
import { FailureMessage } from '../browse/page-states.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import { formatCount } from '../i18n/format.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { usePageArtwork } from '../theme/page-artwork.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PageMessage } from '../ui/page-message.tsx';
import { SectionHeading } from '../ui/section-heading.tsx';
import { SleeveTitle } from '../ui/sleeve-title.tsx';
import textStyles from '../ui/text.module.css';
import { markChanges } from './mark-changes.ts';
import { forgetAllSearches, forgetSearch, rememberSearch, useRecentSearches } from './recent-searches.ts';
import { askedQuery, readSearchAddress, searchPath, type SearchAddress } from './search-address.ts';
import styles from './search-page.module.css';
import { useSearch } from './search-query.ts';
import { FromComputer } from './from-computer.tsx';
import { SearchOfKind, SearchOverview } from './search-results.tsx';
import { scrollPageToTop, SEARCH_RESULTS_ID } from './search-results-focus.ts';
import { SearchSkeleton } from './search-skeleton.tsx';

const bestArtwork = (reply: SearchReply | undefined) => {
  const best = reply?.best ?? null;
  if (best === null) return null;
  if (best.kind === 'track') return best.track.artwork;
  return best.kind === 'album' ? best.album.artwork : best.artist.artwork;
};

/** Search as you type: the address says what is asked; the last answer stands until the next one is there. */
export function SearchPage(): ReactNode {
  const t = useTexts('search');
  const [parameters] = useSearchParams();
  const address = readSearchAddress(parameters);
  const query = askedQuery(address.text);
  usePageTitle(query === '' ? t('title') : t('results', { query }));
  return query === '' ? <Idle /> : <Answered address={address} query={query} />;
}

function Answered({
  address,
  query,
}: {
  readonly address: SearchAddress;
  readonly query: string;
}): ReactNode {
  const t = useTexts('search');
  const { kind, exact } = address;
  const overview = useSearch({ query, kind: null, exact });
  const ofKind = useSearch({ query: kind === null ? '' : query, kind, exact });
  usePageArtwork(overview.data === undefined ? undefined : bestArtwork(overview.data));

  const failed = overview.error ?? (kind === null ? null : ofKind.error);
  if (failed !== null) {
    return (
      <FailureMessage failure={failed} onRetry={() => Promise.all([overview.refetch(), ofKind.refetch()])} />
    );
  }
  const reply = overview.data;
  if (reply === undefined) return <SearchSkeleton />;
  const total = reply.tracks.total + reply.albums.total + reply.artists.total;
  const isFromComputer = reply.fromComputer === true;
  if (total === 0) {
    return <NothingFound address={address} query={reply.query} isFromComputer={isFromComputer} />;
  }

  const replyOfKind = ofKind.data?.query === reply.query ? ofKind.data : reply;
  const remember = (target: EventTarget): void => {
    if (target instanceof Element && target.closest('a, button, [role="row"]') !== null)
      rememberSearch(query);
  };
  return (
    <>
      <h1 className={textStyles.visuallyHidden}>{t('results', { query })}</h1>
      <output className={textStyles.visuallyHidden}>
        {t('announce', { count: total, formatted: formatCount(total) })}
      </output>
      <div className={styles.head}>
        <Kinds address={address} reply={reply} />
        {isFromComputer && <FromComputer />}
      </div>
      {reply.correctedQuery !== null && <Correction reply={reply} correctedQuery={reply.correctedQuery} />}
      {/* Listens, but is nothing to act on itself: acting on a result is what makes a search worth remembering. */}
      <div
        id={SEARCH_RESULTS_ID}
        onClickCapture={(event) => remember(event.target)}
        onKeyDownCapture={(event) => event.key === 'Enter' && remember(event.target)}
      >
        {kind === null ? (
          <SearchOverview reply={reply} hrefOf={(wanted) => searchPath({ ...address, kind: wanted })} />
        ) : (
          <SearchOfKind reply={replyOfKind} kind={kind} />
        )}
      </div>
    </>
  );
}

function Kinds({
  address,
  reply,
}: {
  readonly address: SearchAddress;
  readonly reply: SearchReply;
}): ReactNode {
  const t = useTexts('search');
  const [, navigate] = useLocation();
  const show = (kind: SearchKind | null): void => {
    scrollPageToTop();
    navigate(searchPath({ ...address, kind }), { replace: true });
  };
  const kinds = [
    { kind: 'track', name: t('chips.tracks'), hits: reply.tracks },
    { kind: 'album', name: t('chips.albums'), hits: reply.albums },
    { kind: 'artist', name: t('chips.artists'), hits: reply.artists },
  ] as const;
  return (
    <fieldset className={styles.chips}>
      <legend className={textStyles.visuallyHidden}>{t('chips.label')}</legend>
      <Chip selected={address.kind === null} onClick={() => show(null)}>
        {t('chips.all')}
      </Chip>
      {kinds.map(({ kind, name, hits }) => (
        <Chip
          key={kind}
          selected={address.kind === kind}
          count={hits.capped ? t('more', { formatted: formatCount(hits.total) }) : hits.total}
          onClick={() => show(kind)}
        >
          {name}
        </Chip>
      ))}
    </fieldset>
  );
}

function Correction(props: { readonly reply: SearchReply; readonly correctedQuery: string }): ReactNode {
  const t = useTexts('search');
  const runs = markChanges(props.reply.query, props.correctedQuery);
  return (
    <p className={styles.correction}>
      {t('correction.showing')}{' '}
      <strong>
        {runs.map((run, index) =>
          // The runs of one text have no name but their place.
          // oxlint-disable-next-line react/no-array-index-key
          run.changed ? <mark key={index}>{run.text}</mark> : <span key={index}>{run.text}</span>,
        )}
      </strong>
      .{' '}
      <span className={styles.instead}>
        {t('correction.instead')}{' '}
        <Link href={searchPath({ text: props.reply.query, kind: null, exact: true })}>
          {props.reply.query}
        </Link>
      </span>
    </p>
  );
}

function NothingFound({
  address,
  query,
  isFromComputer,
}: {
  readonly address: SearchAddress;
  readonly query: string;
  readonly isFromComputer: boolean;
}): ReactNode {
  const t = useTexts('search');
  const help = address.exact ? 'nothing.helpExact' : 'nothing.help';
  const [, navigate] = useLocation();
  return (
    <PageMessage
      kind="empty"
      title={t('nothing.title', { query })}
      help={t(isFromComputer ? 'nothing.helpHere' : help)}
      actions={
        <>
          {address.exact && (
            <Button onClick={() => navigate(searchPath({ ...address, exact: false }), { replace: true })}>
              {t('nothing.forgive')}
            </Button>
          )}
          <Button
            variant={address.exact ? 'bare' : 'outline'}
            icon={Disc3}
            onClick={() => navigate('/albums')}
          >
            {t('nothing.browse')}
          </Button>
        </>
      }
    />
  );
}

function Idle(): ReactNode {
  const t = useTexts('search');
  const queries = useRecentSearches((state) => state.queries);
  usePageArtwork(null);
  return (
    <div>
      <SleeveTitle text={t('idle.title')} size="m" />
      <p className={styles.idleHelp}>{t('idle.help')}</p>
      {queries.length > 0 && (
        <section className={styles.recent} aria-label={t('recent.heading')} id={SEARCH_RESULTS_ID}>
          <SectionHeading
            title={t('recent.heading')}
            action={
              <button type="button" onClick={forgetAllSearches}>
                {t('recent.forgetAll')}
              </button>
            }
          />
          <ul>
            {queries.map((query) => (
              <li key={query} className={styles.recentRow}>
                <History size={16} aria-hidden />
                <Link
                  className={styles.recentLink ?? ''}
                  href={searchPath({ text: query, kind: null, exact: false })}
                >
                  {query}
                </Link>
                <IconButton
                  size="small"
                  icon={X}
                  label={t('recent.forget', { query })}
                  onClick={() => forgetSearch(query)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
