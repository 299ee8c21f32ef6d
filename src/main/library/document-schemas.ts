/** What lies on the disk and comes from the service, by the kind of its document. */
import { z } from 'zod';
import {
  playlistOperationSchema,
  savedOperationSchema,
  shelfOperationSchema,
} from '../../contract/library-operations-http.ts';
import {
  playlistSnapshotSchema,
  savedSnapshotSchema,
  shelfSnapshotSchema,
} from '../../contract/library-snapshots-http.ts';
import type { DocumentKind } from '../../core/library/documents.ts';
import type { OperationOf } from '../../core/library/operations.ts';
import type { SnapshotOf } from '../../core/library/snapshot.ts';

export const OPERATION_SCHEMAS: { readonly [Kind in DocumentKind]: z.ZodType<OperationOf[Kind]> } = {
  saved: savedOperationSchema,
  shelf: shelfOperationSchema,
  playlist: playlistOperationSchema,
};
export const SNAPSHOT_SCHEMAS: { readonly [Kind in DocumentKind]: z.ZodType<SnapshotOf[Kind]> } = {
  saved: savedSnapshotSchema,
  shelf: shelfSnapshotSchema,
  playlist: playlistSnapshotSchema,
};

/** An own operation that the service has not given back yet; `taken`: with which revision it has it. */
export interface OwnOperation<Kind extends DocumentKind> {
  readonly operation: OperationOf[Kind];
  readonly taken: number | null;
}

/** A document as it stands on this computer, whole. */
export interface StoredDocument<Kind extends DocumentKind> {
  /** Of the service's log, as far as it is in here. */
  readonly revision: number;
  readonly snapshot: SnapshotOf[Kind];
  /** They are in the snapshot already. In the order of their stamps. */
  readonly own: readonly OwnOperation<Kind>[];
}

export const storedDocumentSchema = <Kind extends DocumentKind>(
  kind: Kind,
): z.ZodType<StoredDocument<Kind>> => {
  const operation: z.ZodType<OperationOf[Kind]> = OPERATION_SCHEMAS[kind];
  const snapshot: z.ZodType<SnapshotOf[Kind]> = SNAPSHOT_SCHEMAS[kind];
  return z.object({
    revision: z.int().nonnegative(),
    snapshot,
    own: z.array(z.object({ operation, taken: z.int().positive().nullable() })).readonly(),
  });
};
