/** The small window that stays on top, where the browser engine brings none: the page opens an empty one by this name. */
export const MINI_WINDOW_NAME = 'riffle-mini';
export const MINI_WINDOW_SIZE = { width: 320, height: 506 } as const;
