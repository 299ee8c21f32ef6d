/** The two channels between Electron's window and main process; nothing else is listened to on either side. */
export const CALL_CHANNEL = 'riffle:call';
export const EVENT_CHANNEL = 'riffle:event';
