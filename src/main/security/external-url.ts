/**
 * What may be handed to the system to open: web pages over TLS, and mail. Null for everything else, `file:` and
 * other programs' schemes above all (Electron security checklist, point 15). Gives the address as it was parsed.
 */
export const allowedExternalUrl = (text: string): string | null => {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol === 'mailto:') return url.href;
  const isPlainHttps = url.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlainHttps ? url.href : null;
};
