import { SaxesParser } from 'saxes';
import { ExchangeError } from './exchange-error.ts';

/** An element with its text and what is in it, names without their prefix. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** A property list of iTunes is seven deep, an XSPF list five. */
const DEEPEST = 64;

interface Open {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/** Strict XML; entities of a document's own are not expanded and nothing outside of it is read. Throws `malformed`, `too_large`. */
export const readXml = (text: string): XmlElement => {
  const parser = new SaxesParser();
  const stack: Open[] = [{ name: '', text: '', children: [] }];
  parser.on('error', (error) => {
    throw new ExchangeError('malformed', error.message, parser.line, { cause: error });
  });
  parser.on('opentag', ({ name }) => {
    if (stack.length > DEEPEST) throw new ExchangeError('too_large', 'nested too deeply', parser.line);
    stack.push({ name: name.slice(name.indexOf(':') + 1), text: '', children: [] });
  });
  const add = (part: string): void => {
    const open = stack.at(-1);
    if (open !== undefined) open.text += part;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const closed = stack.pop();
    if (closed !== undefined) stack.at(-1)?.children.push(closed);
  });
  parser.write(text.replace(/^\uFEFF/u, '')).close();
  const root = stack[0]?.children[0];
  if (root === undefined) throw new ExchangeError('malformed', 'no element', 1);
  return root;
};

export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);
export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);
/** Empty where there is none. */
export const textIn = (element: XmlElement, name: string): string =>
  childOf(element, name)?.text.trim() ?? '';

/** XML 1.0 section 2.2: characters that may not stand in a document, not even written as numbers. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A bare carriage return would come back as a line feed.
  '\r': '&#13;',
};
export const escapeXml = (text: string): string =>
  text.replaceAll(FORBIDDEN, '').replaceAll(/[&<>"'\r]/gu, (sign) => SIGNS[sign] ?? sign);
