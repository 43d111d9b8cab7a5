/** What the officer has chosen for one file, and what of it goes into the import. */
import type { ImportFile, Inspection } from '../../../core/domain/source.ts';

export interface FileChoice {
  format: string;
  zone: string;
  /** Keys of ticked conversations; null where the file holds no choice. */
  conversations: readonly string[] | null;
}

/** As inspected: the surest format, the workstation's zone, the conversations that come ticked. */
export function defaultChoice(inspection: Inspection, zone: string): FileChoice {
  return {
    format: inspection.candidates[0]?.format ?? '',
    zone,
    conversations:
      inspection.conversations.length === 0
        ? null
        : inspection.conversations.filter((entry) => entry.selected).map((entry) => entry.key),
  };
}

/** Whether the choice can be imported: a known format and something to keep. */
export function isReady(inspection: Inspection, choice: FileChoice): boolean {
  if (!inspection.candidates.some((candidate) => candidate.format === choice.format)) return false;
  return choice.conversations === null || choice.conversations.length > 0;
}

/**
 * The file as the import takes it. The conversations were listed by the first format; under another
 * one their keys say nothing, so they are left to its own default.
 */
export function toImportFile(inspection: Inspection, choice: FileChoice): ImportFile {
  const asInspected = choice.format === inspection.candidates[0]?.format;
  return {
    path: inspection.path,
    format: choice.format,
    ...(inspection.needsZone ? { zone: choice.zone } : {}),
    ...(asInspected && choice.conversations !== null ? { conversations: [...choice.conversations] } : {}),
  };
}
