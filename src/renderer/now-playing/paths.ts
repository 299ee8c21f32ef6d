/** The page of what plays. */
export const NOW_PLAYING_PATH = '/now-playing';
