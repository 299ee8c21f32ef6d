/** First and last byte, both included, as in RFC 9110. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export type RangeDecision =
  /** No usable Range: the whole representation, 200. */
  | { readonly kind: 'whole' }
  /** 206. */
  | { readonly kind: 'part'; readonly range: ByteRange }
  /** 416. */
  | { readonly kind: 'unsatisfiable' };

const WHOLE: RangeDecision = { kind: 'whole' };
const UNSATISFIABLE: RangeDecision = { kind: 'unsatisfiable' };
const SINGLE_RANGE = /^bytes=(\d*)-(\d*)$/i;

/**
 * What a GET with these headers is to be answered with (RFC 9110, sections 13.1.5 and 14.1.2). A Range that is malformed,
 * in another unit, or of several parts is ignored, as the RFC allows; so is one whose If-Range is not exactly the strong
 * entity tag (a date or a weak tag never is).
 */
export const decideRange = (
  rangeHeader: string | null,
  ifRangeHeader: string | null,
  etag: string,
  totalBytes: number,
): RangeDecision => {
  if (rangeHeader === null) return WHOLE;
  if (ifRangeHeader !== null && ifRangeHeader.trim() !== etag) return WHOLE;
  const [matched, firstText = '', lastText = ''] = SINGLE_RANGE.exec(rangeHeader.trim()) ?? [];
  if (matched === undefined || (firstText === '' && lastText === '')) return WHOLE;

  if (firstText === '') {
    const suffixBytes = Math.min(Number(lastText), totalBytes);
    if (suffixBytes === 0) return UNSATISFIABLE;
    return { kind: 'part', range: { first: totalBytes - suffixBytes, last: totalBytes - 1 } };
  }
  const first = Number(firstText);
  const last = lastText === '' ? totalBytes - 1 : Math.min(Number(lastText), totalBytes - 1);
  if (lastText !== '' && Number(lastText) < first) return WHOLE;
  if (first >= totalBytes) return UNSATISFIABLE;
  return { kind: 'part', range: { first, last } };
};
