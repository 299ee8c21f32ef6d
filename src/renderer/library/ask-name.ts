import { create } from 'zustand';

export interface NameQuestion {
  readonly about: 'newPlaylist' | 'newFolder' | 'renameFolder';
  readonly initial: string;
  readonly onName: (name: string) => void;
}

/** What the one dialog that asks for a name is about; null: it is closed. */
export const useNameQuestion = create<{ readonly question: NameQuestion | null }>(() => ({ question: null }));

export const askName = (question: NameQuestion): void => useNameQuestion.setState({ question });
export const closeNameQuestion = (): void => useNameQuestion.setState({ question: null });
