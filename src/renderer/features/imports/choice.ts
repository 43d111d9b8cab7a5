/** What the officer has chosen for one file, folder or archive, and what of it goes into the import. */
import type { TableMapping } from '../../../core/domain/mapping.ts';
import type { ImportFile, Inspection } from '../../../core/domain/source.ts';

/** How the file is to be looked at; another answer makes another inspection. */
export interface Asked {
  format?: string;
  mapping?: TableMapping;
  list?: string;
}

/** What is decided over one inspection. */
export interface FileChoice {
  zone: string;
  /** Keys of ticked conversations; null where the file holds no choice. */
  conversations: readonly string[] | null;
  /** Paths of a folder or archive to take; null for a file. */
  members: readonly string[] | null;
}

/** As inspected: the workstation's zone, the conversations that come ticked, every file that can be read. */
export function defaultChoice(inspection: Inspection, zone: string): FileChoice {
  return {
    zone,
    conversations:
      inspection.conversations.length === 0
        ? null
        : inspection.conversations.filter((entry) => entry.selected).map((entry) => entry.key),
    members: inspection.bundle?.members.map((member) => member.path) ?? null,
  };
}

/** Whether the choice can be imported: something that reads it, and something to keep. */
export function isReady(inspection: Inspection, choice: FileChoice): boolean {
  if (inspection.bundle ? choice.members?.length === 0 : inspection.format === null) return false;
  return choice.conversations === null || choice.conversations.length > 0;
}

/** The file as the import takes it. */
export function toImportFile(inspection: Inspection, choice: FileChoice, asked: Asked): ImportFile {
  const every = inspection.bundle?.members.length === choice.members?.length;
  return {
    path: inspection.path,
    ...(inspection.bundle ? {} : { format: inspection.format }),
    ...(asked.mapping ? { mapping: asked.mapping } : {}),
    ...(asked.list ? { list: asked.list } : {}),
    ...(inspection.needsZone ? { zone: choice.zone } : {}),
    ...(choice.conversations !== null ? { conversations: [...choice.conversations] } : {}),
    ...(choice.members !== null && !every ? { members: [...choice.members] } : {}),
  };
}
