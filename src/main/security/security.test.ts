import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { allowedExternalUrl } from './external-url.ts';
import { decideNavigation, decideWindowOpen } from './navigation.ts';
import { decidePermission, decidePermissionCheck } from './permissions.ts';
import { isOwnPage } from './sender.ts';

const APP = 'app://riffle';

describe('what may be opened outside', () => {
  it.each([
    ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
    ['mailto:someone@example.org', 'mailto:someone@example.org'],
    ['HTTPS://EXAMPLE.ORG', 'https://example.org/'],
    ['http://example.org', null],
    ['https://user:password@example.org', null],
    ['file:///etc/passwd', null],
    ['javascript:alert(1)', null],
    ['ms-msdt:/id', null],
    ['smb://server/share', null],
    ['app://riffle/', null],
    ['example.org', null],
    ['', null],
  ])('%s → %s', (text, expected) => {
    expect(allowedExternalUrl(text)).toBe(expected);
  });
});

describe('where the window may go', () => {
  it.each([
    ['app://riffle/album/1', 'allow'],
    ['app://riffle.evil/', 'deny'],
    ['app://other/', 'deny'],
    ['track://riffle/', 'deny'],
    ['https://example.org/', 'external'],
    ['http://example.org/', 'deny'],
    ['file:///etc/passwd', 'deny'],
    ['about:blank', 'deny'],
    ['data:text/html,hello', 'deny'],
    ['not an address', 'deny'],
  ])('%s: %s', (target, kind) => {
    expect(decideNavigation(target, APP).kind).toBe(kind);
  });

  const opened = (changes: Partial<Parameters<typeof decideWindowOpen>[0]>) =>
    decideWindowOpen({
      target: 'about:blank',
      frameName: '',
      openerUrl: 'app://riffle/now-playing',
      appOrigin: APP,
      isMiniOpen: false,
      ...changes,
    }).kind;

  it('opens no second window, not even of its own', () => {
    expect(opened({ target: 'app://riffle/' })).toBe('deny');
    expect(opened({})).toBe('deny');
    expect(opened({ target: 'javascript:alert(1)' })).toBe('deny');
    expect(opened({ target: 'https://example.org/' })).toBe('external');
  });

  it('opens the mini player: once, empty, from its own page', () => {
    const mini = { frameName: 'riffle-mini' };
    expect(opened(mini)).toBe('mini');
    expect(opened({ ...mini, isMiniOpen: true })).toBe('deny');
    expect(opened({ ...mini, target: 'https://example.org/' })).toBe('deny');
    expect(opened({ ...mini, target: 'app://riffle/' })).toBe('deny');
    expect(opened({ ...mini, openerUrl: 'https://example.org/' })).toBe('deny');
    expect(opened({ ...mini, openerUrl: 'about:blank' })).toBe('deny');
  });
});

describe('what the window may use', () => {
  it.each([
    ['clipboard-sanitized-write', 'app://riffle/album/1', true],
    ['fullscreen', 'app://riffle', true],
    ['clipboard-sanitized-write', 'https://example.org', false],
    ['clipboard-sanitized-write', '', false],
    ['clipboard-read', 'app://riffle/', false],
    ['media', 'app://riffle/', false],
    ['geolocation', 'app://riffle/', false],
    ['notifications', 'app://riffle/', false],
    ['openExternal', 'app://riffle/', false],
  ])('%s for "%s": %s', (permission, requestingUrl, expected) => {
    expect(decidePermission(permission, requestingUrl, APP)).toBe(expected);
  });
});

describe('what the window counts as allowed to use', () => {
  it.each([
    ['media', 'audio', 'app://riffle/', true],
    ['media', 'video', 'app://riffle/', false],
    ['media', 'unknown', 'app://riffle/', false],
    ['media', undefined, 'app://riffle/', false],
    ['media', 'audio', 'https://example.org', false],
    ['media', 'audio', '', false],
    ['fullscreen', undefined, 'app://riffle/', true],
    ['geolocation', 'audio', 'app://riffle/', false],
  ])('%s (%s) for "%s": %s', (permission, mediaType, requestingUrl, expected) => {
    expect(decidePermissionCheck(permission, mediaType, requestingUrl, APP)).toBe(expected);
  });
});

describe('who may call the host', () => {
  it.each([
    [{ url: 'app://riffle/search', parent: null }, true],
    [{ url: 'app://riffle/', parent: {} }, false],
    [{ url: 'https://riffle/', parent: null }, false],
    [{ url: 'app://riffle.evil/', parent: null }, false],
    [{ url: '', parent: null }, false],
    [null, false],
  ])('%j: %s', (frame, expected) => {
    expect(isOwnPage(frame, APP)).toBe(expected);
  });
});

describe('the content security policy', () => {
  it.each(['electron', 'web'] as const)('lets the %s window run no inline script and no eval', (shell) => {
    const directives = new Map(
      contentSecurityPolicy(shell)
        .split('; ')
        .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
    );
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('object-src')).toEqual(["'none'"]);
    expect(directives.get('base-uri')).toEqual(["'none'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    expect(contentSecurityPolicy(shell)).not.toMatch(/unsafe-eval|https?:|\*/);
  });

  it('lets only Electron’s window ask the schemes that only it has', () => {
    expect(contentSecurityPolicy('electron')).toContain("media-src 'self' blob: track: artwork:");
    expect(contentSecurityPolicy('web')).not.toContain('track:');
  });
});
