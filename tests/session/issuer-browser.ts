/** As much of a browser as signing in needs: it follows redirects and keeps cookies. */
export interface IssuerBrowser {
  /** Goes where it is led. `onReturn` may change the address that leads back to the app. */
  open(
    address: string,
    onReturn?: (address: URL) => URL | null,
  ): Promise<{ readonly status: number; readonly text: string; readonly returned: URL | null }>;
}

const MOST_REDIRECTS = 10;

export const createIssuerBrowser = (language = 'en'): IssuerBrowser => {
  const cookies = new Map<string, string>();
  return {
    async open(address, onReturn = (url) => url) {
      const issuer = new URL(address).origin;
      let url = new URL(address);
      let returned: URL | null = null;
      for (let redirects = 0; redirects < MOST_REDIRECTS; redirects += 1) {
        const isApp = url.origin !== issuer;
        if (isApp && returned === null) {
          returned = onReturn(url);
          if (returned === null) return { status: 0, text: '', returned };
          url = returned;
        }
        const response = await fetch(url, {
          redirect: 'manual',
          headers: {
            'accept-language': language,
            accept: 'text/html',
            ...(isApp
              ? {}
              : { cookie: Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ') }),
          },
        });
        for (const cookie of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
          cookies.set(name, value);
        }
        const location = response.headers.get('location');
        const text = await response.text();
        if (location === null) return { status: response.status, text, returned };
        url = new URL(location, url);
      }
      throw new Error('too many redirects');
    },
  };
};
