import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useTexts } from '../i18n/use-texts.ts';
import { useAction, useChord } from '../shortcuts/registry.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** Writes the query into the address of the search page, at every letter; the page does the searching. */
export function SearchField() {
  const t = useTexts('search');
  const input = useRef<HTMLInputElement>(null);
  const [path, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const onPage = path === '/search';
  const query = onPage ? (parameters.get('q') ?? '') : '';
  const chord = useChord('frame.search');
  useAction('frame.search', () => {
    input.current?.focus();
    input.current?.select();
  });
  return (
    <TextInput
      type="search"
      look="quiet"
      label={t('box.label')}
      placeholder={t('box.placeholder')}
      icon={Search}
      value={query}
      inputRef={input}
      onChange={(next) => navigate(`/search?${new URLSearchParams({ q: next })}`, { replace: onPage })}
      trailing={chord === null ? undefined : <KeyHint chord={chord} />}
    />
  );
}
