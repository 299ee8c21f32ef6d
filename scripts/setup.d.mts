export declare function ensureInstalled(root: string): void;
/** Gives the programs that are missing still. */
export declare function ensurePrograms(packageOf: Readonly<Record<string, string>>): string[];
