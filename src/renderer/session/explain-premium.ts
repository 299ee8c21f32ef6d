import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Where a free listener met the difference: what is said first follows from it. */
export type PremiumReason = 'ads' | 'offline' | 'quality';

/** What the one dialog about premium explains; null: it is closed. */
const explainedStore = createStore<{ readonly reason: PremiumReason | null }>(() => ({ reason: null }));

/** Says what premium is, in a dialog, after a listener has asked for something of it. Never call it unasked. */
export function explainPremium(reason: PremiumReason): void {
  explainedStore.setState({ reason });
}

export function closePremiumExplanation(): void {
  explainedStore.setState({ reason: null });
}

export const useExplainedPremium = (): PremiumReason | null =>
  useStore(explainedStore, ({ reason }) => reason);
