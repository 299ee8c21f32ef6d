import { useEffect } from 'react';

/** Names the window after its page, for the task bar and for screen readers. */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    document.title = title === null ? 'Riffle' : `${title} – Riffle`;
  }, [title]);
}
