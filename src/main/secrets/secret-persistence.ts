/**
 * Whether Electron's safeStorage may be trusted with secrets. On Linux it encrypts with a password that stands in its source
 * code when it finds no key store (`basic_text`), which is no better than a plain file that calls itself encrypted.
 */
export const hasTrustedKeyStore = (platform: NodeJS.Platform, backend: string | null): boolean =>
  platform !== 'linux' || (backend !== null && backend !== 'basic_text' && backend !== 'unknown');
