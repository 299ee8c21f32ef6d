import { Search } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useTexts } from '../i18n/use-texts.ts';
import { useAction, useChord } from '../shortcuts/registry.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { TextInput } from '../ui/text-input.tsx';
import textStyles from '../ui/text.module.css';
import { actOnBest } from './act-on-best.ts';
import { askedQuery, readSearchAddress, SEARCH_PATH, searchPath } from './search-address.ts';
import styles from './search-box.module.css';
import { commitDraft, draftSearch, dropDraft, useSearchDraft } from './search-draft.ts';
import { focusFirstResult, scrollPageToTop } from './search-results-focus.ts';

/**
 * The search field of the title bar. It only writes the query into the address, after a short pause; the page asks.
 * Arrow down goes on to the results, Enter takes the best one, Escape empties the field and then leaves it.
 */
export function SearchBox(): ReactNode {
  const t = useTexts('search');
  const input = useRef<HTMLInputElement>(null);
  const [path, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const draft = useSearchDraft((state) => state.draft);
  const chord = useChord('frame.search');
  useAction('frame.search', () => {
    input.current?.focus();
    input.current?.select();
  });

  // Letters that still wait must not call back a listener who has gone elsewhere meanwhile.
  useEffect(() => {
    if (path !== SEARCH_PATH) dropDraft();
  }, [path]);

  const onPage = path === SEARCH_PATH;
  const address = readSearchAddress(parameters);
  const text = draft ?? (onPage ? address.text : '');

  const commit = (next: string): void => {
    const kind = onPage ? address.kind : null;
    if (onPage) scrollPageToTop();
    navigate(searchPath({ text: next, kind, exact: false }), { replace: onPage });
  };
  const clear = (): void => {
    dropDraft();
    if (onPage) commit('');
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && askedQuery(text) !== '') {
      event.preventDefault();
      commitDraft();
      void actOnBest(askedQuery(text), navigate);
    } else if (event.key === 'ArrowDown' && focusFirstResult()) {
      event.preventDefault();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (text === '') input.current?.blur();
      else clear();
    }
  };

  return (
    <TextInput
      type="search"
      look="quiet"
      label={t('box.label')}
      placeholder={t('box.placeholder')}
      icon={Search}
      value={text}
      inputRef={input}
      onChange={(next) => draftSearch(next, commit)}
      onKeyDown={onKeyDown}
      trailing={
        text === '' ? (
          chord !== null && <KeyHint chord={chord} />
        ) : (
          <button type="button" className={styles.clear} onClick={clear}>
            <span className={textStyles.visuallyHidden}>{t('box.clear')}</span> <KeyHint chord="Escape" />
          </button>
        )
      }
    />
  );
}
