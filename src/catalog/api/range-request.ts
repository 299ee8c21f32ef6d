/** Single byte ranges (RFC 9110 §14): what of an object a request asks for. */
import type { ByteRange } from '../store/object-store.ts';

export type RangeVerdict =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  /** It begins behind the end: 416. */
  | { readonly kind: 'unsatisfiable' };

const WHOLE: RangeVerdict = { kind: 'whole' };
const UNSATISFIABLE: RangeVerdict = { kind: 'unsatisfiable' };
const SINGLE = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i;

/**
 * What a Range header asks for, given an object's size. Anything that is not one range of bytes is passed over, as the RFC
 * allows: other units, several ranges, nonsense.
 */
export const rangeOf = (header: string | undefined, bytes: number): RangeVerdict => {
  const [, first = '', last = ''] = SINGLE.exec(header ?? '') ?? [];
  if (first === '' && last === '') return WHOLE;
  if (first === '') {
    const suffix = Number(last);
    if (suffix === 0 || bytes === 0) return UNSATISFIABLE;
    return { kind: 'part', range: { first: Math.max(0, bytes - suffix), last: bytes - 1 } };
  }
  const from = Number(first);
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < from) return WHOLE;
  if (from >= bytes) return UNSATISFIABLE;
  return { kind: 'part', range: { first: from, last: to } };
};

/** Whether a Range header counts at all: If-Range must name the strong tag of what there is now (RFC 9110 §13.1.5). */
export const rangeHolds = (ifRange: string | undefined, etag: string): boolean =>
  ifRange === undefined || (ifRange.trim() === etag && !etag.startsWith('W/'));
