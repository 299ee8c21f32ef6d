import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import type { Session } from '../contract/session.ts';
import { assertNever } from '../core/playback/assert-never.ts';
import { DropLayer } from './exchange/drop-layer.tsx';
import { Frame } from './frame/frame.tsx';
import { queryClient } from './host/queries.ts';
import { LibraryLayer } from './library/library-layer.tsx';
import { MiniPlayer } from './now-playing/mini-player.tsx';
import { JoinDialog } from './playlists/join-dialog.tsx';
import { NewSmartPlaylistDialog } from './playlists/smart-playlist-dialog.tsx';
import { Routes } from './routes.tsx';
import { Opening } from './session/opening.tsx';
import { PremiumDialog } from './session/premium-dialog.tsx';
import { useSession } from './session/session-store.ts';
import { SignInDialog } from './session/sign-in-dialog.tsx';
import { Welcome } from './session/welcome.tsx';
import { ShareDialog } from './share/share-dialog.tsx';
import { ShortcutList } from './shortcuts/shortcut-list.tsx';
import { Toasts } from './ui/toasts.tsx';
import { TooltipLayer } from './ui/tooltip.tsx';

function Listening() {
  return (
    <Router>
      <Frame>
        <Routes />
      </Frame>
      <NewSmartPlaylistDialog />
      <JoinDialog />
      <MiniPlayer />
      <LibraryLayer />
      <DropLayer />
      <ShareDialog />
      <ShortcutList />
      <PremiumDialog />
      <SignInDialog />
    </Router>
  );
}

/** What the window shows, by who listens. */
function View({ state }: { readonly state: Session['state'] }) {
  switch (state) {
    case 'starting':
      return <Opening />;
    case 'signed_out':
      return <Welcome />;
    case 'signed_in':
    case 'unrenewed':
    case 'sign_in_again':
      return <Listening />;
    default:
      return assertNever(state);
  }
}

export function App() {
  const state = useSession(({ session }) => session.state);
  return (
    <QueryClientProvider client={queryClient}>
      <View state={state} />
      <Toasts />
      <TooltipLayer />
    </QueryClientProvider>
  );
}
