/** Runs work under a name. */
export type Turns = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

/** What goes by the same name happens one after the other, whatever became of the one before; the rest at the same time. */
export const createTurns = (): Turns => {
  const newest = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = newest.get(name) ?? Promise.resolve();
    const result = before.then(work, work);
    newest.set(name, result);
    const tidy = (): void => {
      if (newest.get(name) === result) newest.delete(name);
    };
    result.then(tidy, tidy);
    return result;
  };
};
