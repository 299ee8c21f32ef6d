/**
 * What an app tells the service of an update that it tried, so that a bad one is stopped for the others. It says nothing of who or
 * where: no account, no installation, no address is in it.
 */
import { z } from 'zod';
import { UPDATE_ARCHITECTURES, UPDATE_CHANNELS, UPDATE_PLATFORMS } from '../core/update/manifest.ts';
import { UPDATE_OUTCOMES } from '../core/update/rollout-rule.ts';

/** A version of Semantic Versioning without build metadata, in the letters of an object's key: electron-builder makes no others. */
const VERSION = /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9a-z-]+(?:\.[0-9a-z-]+)*)?$/;
const versionSchema = z.string().max(64).regex(VERSION);

export const updateReportSchema = z.object({
  /** Of the app's choosing, another one for each thing that happened: counted once, however often it is sent. */
  reportId: z.uuid(),
  /** What was updated to. */
  version: versionSchema,
  /** What ran before. */
  previousVersion: versionSchema,
  channel: z.enum(UPDATE_CHANNELS),
  platform: z.enum(UPDATE_PLATFORMS),
  arch: z.enum(UPDATE_ARCHITECTURES),
  outcome: z.enum(UPDATE_OUTCOMES),
});

export type UpdateReport = Readonly<z.infer<typeof updateReportSchema>>;
