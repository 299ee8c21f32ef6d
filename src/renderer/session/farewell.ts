/**
 * After signing out the window starts over, and its first page says what has become of everything. What is remembered across
 * that names nobody.
 */
const KEY = 'riffle.farewell';

export function rememberFarewell(): void {
  window.sessionStorage.setItem(KEY, 'signed out');
}

export function forgetFarewell(): void {
  window.sessionStorage.removeItem(KEY);
}

/** Whether this window has just signed somebody out; deleting may still go on. Told once. */
export function takeFarewell(): boolean {
  const isThere = window.sessionStorage.getItem(KEY) !== null;
  forgetFarewell();
  return isThere;
}
