import { ExchangeError } from './exchange-error.ts';
import type { XmlElement } from './xml.ts';

export type PlistValue =
  string | number | boolean | readonly PlistValue[] | { readonly [key: string]: PlistValue };

/** A property list as Apple writes it in XML. Dates and data stay texts. `element` is the one inside `plist`. Throws `malformed`. */
export const plistValue = (element: XmlElement): PlistValue => {
  switch (element.name) {
    case 'dict':
      return plistDictionary(element);
    case 'array':
      return element.children.map(plistValue);
    case 'integer':
    case 'real':
      return Number(element.text.trim());
    case 'true':
      return true;
    case 'false':
      return false;
    case 'string':
    case 'date':
    case 'data':
      return element.text;
    default:
      throw new ExchangeError('malformed', `no value of a property list: ${element.name.slice(0, 40)}`);
  }
};

const plistDictionary = ({ children }: XmlElement): { readonly [key: string]: PlistValue } => {
  const entries: [string, PlistValue][] = [];
  for (let index = 0; index + 1 < children.length; index += 2) {
    const [key, value] = [children[index], children[index + 1]];
    if (key?.name !== 'key' || value === undefined)
      throw new ExchangeError('malformed', 'a dictionary of a property list without its key');
    entries.push([key.text, plistValue(value)]);
  }
  // Without a prototype, whatever the keys are called.
  return Object.assign(Object.create(null) as object, Object.fromEntries(entries));
};
