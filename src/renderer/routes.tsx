import { Route, Switch, useLocation } from 'wouter';
import { AlbumPage } from './browse/album-page.tsx';
import { AlbumsPage } from './browse/albums-page.tsx';
import { ArtistAlbumsPage } from './browse/artist-albums-page.tsx';
import { ArtistPage } from './browse/artist-page.tsx';
import { ArtistsPage } from './browse/artists-page.tsx';
import { ComputerPage } from './browse/computer-page.tsx';
import { GenrePage } from './browse/genre-page.tsx';
import { GenresPage } from './browse/genres-page.tsx';
import { HistoryPage } from './browse/history-page.tsx';
import { HomePage } from './browse/home-page.tsx';
import { ExchangePage } from './exchange/exchange-page.tsx';
import { EXCHANGE_PATH } from './exchange/paths.ts';
import { FailedPage, NotFoundPage } from './frame/lost-pages.tsx';
import { PageBoundary } from './frame/page-boundary.tsx';
import { PlaylistsPage } from './library/playlists-page.tsx';
import { SavedAlbumsPage } from './library/saved-albums-page.tsx';
import { SavedArtistsPage } from './library/saved-artists-page.tsx';
import { SavedTracksPage } from './library/saved-tracks-page.tsx';
import { NowPlayingPage } from './now-playing/now-playing-page.tsx';
import { NOW_PLAYING_PATH } from './now-playing/paths.ts';
import { PlaylistPage } from './playlists/playlist-page.tsx';
import { SharedPage } from './playlists/shared-page.tsx';
import { SHARED_PATH } from './playlists/shared-store.ts';
import { reportFailure } from './report-failure.ts';
import { SearchPage } from './search/search-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';

const failedPage = (again: () => void) => <FailedPage onAgain={again} />;

/** Every address of the window. */
export function Routes() {
  const [path] = useLocation();
  return (
    <PageBoundary resetKey={path} onFailure={reportFailure} fallback={failedPage}>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/albums" component={AlbumsPage} />
        <Route path="/artists" component={ArtistsPage} />
        <Route path="/genres" component={GenresPage} />
        <Route path="/album/:id">{({ id }) => <AlbumPage key={id} id={id} />}</Route>
        <Route path="/artist/:id">{({ id }) => <ArtistPage key={id} id={id} />}</Route>
        <Route path="/artist/:id/albums">{({ id }) => <ArtistAlbumsPage key={id} id={id} />}</Route>
        <Route path="/genre/:id">{({ id }) => <GenrePage key={id} id={id} />}</Route>
        <Route path="/playlist/:id">{({ id }) => <PlaylistPage key={id} id={id} />}</Route>
        <Route path={SHARED_PATH} component={SharedPage} />
        <Route path="/computer" component={ComputerPage} />
        <Route path="/history" component={HistoryPage} />
        <Route path={EXCHANGE_PATH} component={ExchangePage} />
        <Route path="/library/tracks" component={SavedTracksPage} />
        <Route path="/library/albums" component={SavedAlbumsPage} />
        <Route path="/library/artists" component={SavedArtistsPage} />
        <Route path="/library/playlists" component={PlaylistsPage} />
        <Route path={NOW_PLAYING_PATH} component={NowPlayingPage} />
        <Route path="/search" component={SearchPage} />
        <Route path="/settings/:page?">{({ page }) => <SettingsPage page={page ?? null} />}</Route>
        <Route component={NotFoundPage} />
      </Switch>
    </PageBoundary>
  );
}
