/** What came of publishing, in a few sentences: what is new, and every file that was left out, with its reason. */

interface PublishSummary {
  readonly published: number;
  readonly changed: number;
  readonly removed: number;
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

const MOST_NAMED = 20;

const changes = ({ published, changed, removed }: PublishSummary): string[] => {
  const parts = [
    published > 0 ? `${published} published` : '',
    changed > 0 ? `${changed} changed` : '',
    removed > 0 ? `${removed} removed` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [`Tracks: ${parts.join(', ')}.`];
};

/** `line` is the publisher's report as `--json` prints it; an empty list when nothing is worth a word. */
export function sentencesAbout(line: string): readonly string[] {
  const summary = JSON.parse(line) as PublishSummary;
  const { unreadable, notes } = summary;
  const more = unreadable.length - MOST_NAMED;
  return [
    ...changes(summary),
    ...notes,
    ...unreadable.slice(0, MOST_NAMED).map(({ path, reason }) => `Left out: ${path}: ${reason}.`),
    ...(more > 0 ? [`… and ${more} more; riffle-catalog publish names them all.`] : []),
  ];
}
