import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { Frame } from './frame/frame.tsx';
import { queryClient } from './host/queries.ts';
import { Routes } from './routes.tsx';
import { ShortcutList } from './shortcuts/shortcut-list.tsx';
import { Toasts } from './ui/toasts.tsx';
import { TooltipLayer } from './ui/tooltip.tsx';

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Router>
        <Frame>
          <Routes />
        </Frame>
        <ShortcutList />
      </Router>
      <Toasts />
      <TooltipLayer />
    </QueryClientProvider>
  );
}
