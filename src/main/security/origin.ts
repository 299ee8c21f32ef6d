/**
 * Scheme and host of an address. `URL.origin` is "null" for schemes of one's own outside a browser, which would make all of
 * them look alike. Null for what is no address.
 */
export const originOf = (address: string): string | null => {
  if (!URL.canParse(address)) return null;
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
};
