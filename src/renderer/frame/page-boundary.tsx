import { Component, type ReactNode } from 'react';

interface PageBoundaryProps {
  /** A change of page is a new chance. */
  readonly resetKey: string;
  readonly fallback: (again: () => void) => ReactNode;
  readonly onFailure: (failure: unknown) => void;
  readonly children: ReactNode;
}

/** A page that breaks takes neither the frame nor the music with it. */
export class PageBoundary extends Component<PageBoundaryProps, { readonly failedKey: string | null }> {
  override state = { failedKey: null as string | null };

  static getDerivedStateFromError(): { readonly failedKey: string } {
    // The key is not known here; componentDidCatch fills it in.
    return { failedKey: '' };
  }

  override componentDidCatch(failure: unknown): void {
    this.props.onFailure(failure);
    this.setState({ failedKey: this.props.resetKey });
  }

  override componentDidUpdate(before: PageBoundaryProps): void {
    if (before.resetKey !== this.props.resetKey && this.state.failedKey !== null) this.again();
  }

  again = (): void => this.setState({ failedKey: null });

  override render(): ReactNode {
    return this.state.failedKey === null ? this.props.children : this.props.fallback(this.again);
  }
}
