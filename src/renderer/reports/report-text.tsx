import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './reports.module.css';

/** A long text to be read in a dialog: it scrolls by keys, and its place is kept while it comes. */
export function ReportText({
  label,
  answer,
  failed,
}: {
  readonly label: string;
  readonly answer: UseQueryResult<{ readonly text: string }>;
  readonly failed: string;
}) {
  if (answer.isError) return <p role="alert">{failed}</p>;
  if (answer.data === undefined) return <Skeleton height={300} />;
  return (
    // What scrolls has to be reached by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={styles.text} tabIndex={0} role="region" aria-label={label}>
      {answer.data.text}
    </pre>
  );
}
