import { describe, expect, it } from 'vitest';
import { SIGN_IN_FAILURES } from '../../contract/session.ts';
import { callbackPage, pageLanguage } from './callback-page.ts';
import { CALLBACK_TEXTS } from './callback-texts.ts';

describe('the page after a sign-in', () => {
  it.each([
    ['', 'en'],
    ['de', 'de'],
    ['de-CH,de;q=0.9,en;q=0.8', 'de'],
    ['en-GB,en;q=0.9,de;q=0.8', 'en'],
    ['fr,de;q=0.5,en;q=0.1', 'de'],
    ['de;q=0,en', 'en'],
    ['*', 'en'],
    ['de;q=nonsense', 'en'],
  ])('for a browser that wants %j is in %s', (wanted, language) => {
    expect(pageLanguage(wanted)).toBe(language);
  });

  it.each(['en', 'de'] as const)('has something to say in %s for every outcome', (language) => {
    for (const outcome of ['signed_in', 'already_used', 'cancelled', ...SIGN_IN_FAILURES] as const) {
      const { html, status } = callbackPage(outcome, language);
      const { title, text } = CALLBACK_TEXTS[language][outcome];
      expect(text).toMatch(/[.]$/);
      expect(html).toContain(`<h1>${title}</h1>`);
      expect(html).not.toContain('<script');
      expect(status).toBe(outcome === 'signed_in' ? 200 : 400);
    }
  });
});
