/** As much of a browser as sign-in pages need: cookies by path, redirects, forms with an Origin. */
interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Where a journey ends: at a page, or back at the app. */
export type Arrival =
  { readonly page: Page; readonly app: null } | { readonly page: null; readonly app: URL };

export interface Browser {
  open(url: string | URL): Promise<Arrival>;
  /** Sends the form of the page that a button with that name is in. */
  send(
    page: Page,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Arrival>;
  cookies(): readonly Cookie[];
}

const MOST_REDIRECTS = 12;
const keyOf = ({ name, path }: Cookie): string => `${path} ${name}`;

export const attribute = (text: string, pattern: RegExp): string =>
  (pattern.exec(text)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"');

/** The page, or a failed test that says what came instead. */
export const pageOf = ({ page, app }: Arrival): Page => {
  if (page === null) throw new Error(`no page, but the app's ${app.pathname}${app.search}`);
  return page;
};
export const appOf = ({ page, app }: Arrival): URL => {
  if (app === null)
    throw new Error(`not back at the app, but at ${page.url.pathname}: ${page.status} ${page.text}`);
  return app;
};

/** @param appOrigin requests to it are not made: that is where the app listens */
export const createBrowser = (language = 'en', appOrigin = 'http://127.0.0.1:1'): Browser => {
  const jar = new Map<string, Cookie>();

  const keep = (url: URL, header: string): void => {
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const path = attributes.find((text) => /^path=/i.test(text))?.slice(5) ?? url.pathname;
    const cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), path };
    const expires = attributes.find((text) => /^expires=/i.test(text))?.slice(8);
    if (expires !== undefined && Date.parse(expires) <= Date.now()) jar.delete(keyOf(cookie));
    else jar.set(keyOf(cookie), cookie);
  };

  const travel = async (first: URL, init: RequestInit): Promise<Arrival> => {
    let url = first;
    let request = init;
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
      if (url.origin === new URL(appOrigin).origin) return { page: null, app: url };
      const { pathname } = url;
      const sent = Array.from(jar.values())
        .filter(({ path }) => pathname === path || pathname.startsWith(path.replace(/\/?$/, '/')))
        .map(({ name, value }) => `${name}=${value}`);
      const answer = await fetch(url, {
        ...request,
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          'accept-language': language,
          cookie: sent.join('; '),
          ...Object.fromEntries(new Headers(request.headers)),
        },
      });
      for (const header of answer.headers.getSetCookie()) keep(url, header);
      const location = answer.headers.get('location');
      if (location === null || answer.status < 300 || answer.status >= 400)
        return {
          page: { url, status: answer.status, headers: answer.headers, text: await answer.text() },
          app: null,
        };
      await answer.arrayBuffer();
      url = new URL(location, url);
      request = {};
    }
    throw new Error('too many redirects');
  };

  return {
    open: (url) => travel(new URL(url), {}),
    send: (page, fields, headers = {}) => {
      const names = Object.entries(fields);
      const forms = page.text.match(/<form[\s\S]*?<\/form>/g) ?? [];
      const form =
        forms.find((text) => names.every(([name]) => text.includes(`name="${name}"`))) ??
        forms.find((text) =>
          names.some(([name, value]) => text.includes(`name="${name}"`) && text.includes(`value="${value}"`)),
        ) ??
        '';
      const action = attribute(form, /action="([^"]*)"/);
      if (action === '')
        throw new Error(`no form for ${names.map(([name]) => name).join(', ')}: ${page.text}`);
      const body = new URLSearchParams();
      for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
        body.set(attribute(input, /name="([^"]*)"/), attribute(input, /value="([^"]*)"/));
      for (const [name, value] of names) body.set(name, value);
      return travel(new URL(action, page.url), {
        method: 'POST',
        body,
        headers: { origin: page.url.origin, ...headers },
      });
    },
    cookies: () => Array.from(jar.values()),
  };
};
