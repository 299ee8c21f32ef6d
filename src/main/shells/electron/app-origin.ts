export const APP_SCHEME = 'app';
export const APP_HOST = 'riffle';
/** Where the window's own pages live; nothing else may be shown, asked from, or granted anything. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
