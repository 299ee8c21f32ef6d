/** A public page as those read it who follow links: by a real HTML parser. */
import { JSDOM } from 'jsdom';

export interface ReadPage {
  readonly document: Document;
  /** By `property` or `name`; several of one name in their order. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  tag(name: string): string | undefined;
  readonly jsonLd: unknown;
}

export const readPage = (text: string): ReadPage => {
  const { document } = new JSDOM(text).window;
  const tags = new Map<string, string[]>();
  for (const meta of document.querySelectorAll('meta')) {
    const name = meta.getAttribute('property') ?? meta.getAttribute('name');
    if (name !== null) tags.set(name, [...(tags.get(name) ?? []), meta.content]);
  }
  const block = document.querySelector('script[type="application/ld+json"]')?.textContent;
  return {
    document,
    tags,
    tag: (name) => tags.get(name)?.[0],
    jsonLd: block === undefined || block === null ? null : JSON.parse(block),
  };
};
