/** How the app keeps itself up to date, between window and main process: whole new values of one union. */
export type { UpdateNotes } from '../core/update/manifest.ts';
export type {
  UpdateFailure,
  UpdateState,
  UpdateUnsupported,
  UpdateWait,
} from '../core/update/update-state.ts';
