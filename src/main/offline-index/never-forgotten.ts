/** What the index never forgets: what is kept offline, and what is in the library, each told whole by its owner. */
export const createNeverForgotten = (
  set: (trackIds: Iterable<string>) => void,
): {
  readonly pinned: (trackIds: readonly string[]) => void;
  readonly inLibrary: (trackIds: Iterable<string>) => void;
} => {
  let pinned: readonly string[] = [];
  /** Null: the library has not been read, and what the index knows of it stays as it is. */
  let inLibrary: Iterable<string> | null = null;
  const tell = (): void => {
    if (inLibrary !== null) set([...pinned, ...inLibrary]);
  };
  return {
    pinned(trackIds) {
      pinned = trackIds;
      tell();
    },
    inLibrary(trackIds) {
      inLibrary = trackIds;
      tell();
    },
  };
};
