/**
 * What lies on the disk and comes from the service, by the kind of its document. Checked in steps: of what is saved there may be
 * 200,000 rows. Everything throws a `ZodError` for what is not as agreed.
 */
import { z } from 'zod';
import {
  playlistOperationSchema,
  savedOperationSchema,
  shelfOperationSchema,
} from '../../contract/library-operations-http.ts';
import {
  playlistSnapshotSchema,
  savedItemSchema,
  savedSnapshotSchema,
  shelfSnapshotSchema,
} from '../../contract/library-snapshots-http.ts';
import type { DocumentKind, DocumentName } from '../../core/library/documents.ts';
import { SAVED_KINDS, type OperationOf } from '../../core/library/operations.ts';
import type { SavedSnapshot, SnapshotOf } from '../../core/library/snapshot.ts';
import { eachInSteps, oneStep, type Steps } from '../../core/work/steps.ts';

const OPERATION_SCHEMAS: { readonly [Kind in DocumentKind]: z.ZodType<OperationOf[Kind]> } = {
  saved: savedOperationSchema,
  shelf: shelfOperationSchema,
  playlist: playlistOperationSchema,
};

/** What is in it is looked at later. */
const listSchema = z.custom<readonly unknown[]>(Array.isArray);
const looseSavedSchema = z.looseObject({
  items: z.object({ track: listSchema, album: listSchema, artist: listSchema }),
});
function* savedSnapshot(value: unknown): Steps<SavedSnapshot> {
  const { items, ...rest } = looseSavedSchema.parse(value);
  const none = savedSnapshotSchema.parse({ ...rest, items: { track: [], album: [], artist: [] } });
  const rows: Record<(typeof SAVED_KINDS)[number], z.infer<typeof savedItemSchema>[]> = {
    track: [],
    album: [],
    artist: [],
  };
  for (const kind of SAVED_KINDS)
    yield* eachInSteps(items[kind], (row) => rows[kind].push(savedItemSchema.parse(row)));
  return { ...none, items: rows };
}
const SNAPSHOTS: { readonly [Kind in DocumentKind]: (value: unknown) => Steps<SnapshotOf[Kind]> } = {
  saved: savedSnapshot,
  shelf: (value) => oneStep(() => shelfSnapshotSchema.parse(value)),
  playlist: (value) => oneStep(() => playlistSnapshotSchema.parse(value)),
};

/** One may be about a thousand things. */
export function* parsedOperations<Kind extends DocumentKind>(
  kind: Kind,
  values: readonly unknown[],
): Steps<readonly OperationOf[Kind][]> {
  const schema: z.ZodType<OperationOf[Kind]> = OPERATION_SCHEMAS[kind];
  const operations: OperationOf[Kind][] = [];
  for (const value of values) operations.push(yield* oneStep(() => schema.parse(value)));
  return operations;
}

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

const storedSchema = z.object({
  revision: z.int().nonnegative(),
  snapshot: z.unknown(),
  own: z.array(z.object({ operation: z.unknown(), taken: z.int().positive().nullable() })),
});
export function* parsedDocument<Kind extends DocumentKind>(
  kind: Kind,
  value: unknown,
): Steps<StoredDocument<Kind>> {
  const { revision, snapshot, own } = storedSchema.parse(value);
  const operations = yield* parsedOperations(
    kind,
    own.map(({ operation }) => operation),
  );
  return {
    revision,
    snapshot: yield* SNAPSHOTS[kind](snapshot),
    own: operations.map((operation, at) => ({ operation, taken: own[at]?.taken ?? null })),
  };
}

/** The service's answer about one document (`documentReplySchema`), of which the kind is known. */
export interface DocumentPage<Kind extends DocumentKind> {
  readonly snapshot: SnapshotOf[Kind] | null;
  readonly operations: readonly OperationOf[Kind][];
  readonly revision: number;
  readonly more: boolean;
}

const pageSchemaOf = (name: DocumentName) =>
  z.object({
    document: z.literal(name),
    snapshot: z.unknown(),
    operations: listSchema,
    revision: z.int().nonnegative(),
    more: z.boolean(),
  });
export function* parsedPage<Kind extends DocumentKind>(
  kind: Kind,
  name: DocumentName,
  body: unknown,
): Steps<DocumentPage<Kind>> {
  const { snapshot, operations, revision, more } = pageSchemaOf(name).parse(body);
  return {
    snapshot: snapshot === null ? null : yield* SNAPSHOTS[kind](snapshot),
    operations: yield* parsedOperations(kind, operations),
    revision,
    more,
  };
}
