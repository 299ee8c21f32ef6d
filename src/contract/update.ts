/** How the app keeps itself up to date, between window and main process: whole new values of one union. */
export type { UpdateFailure, UpdateState, UpdateUnsupported } from '../core/update/update-state.ts';
