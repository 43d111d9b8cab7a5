/** Writes expected.json: what is planted in the sample, where, and what must stay clean. */
import { outsiders, staff } from './people.ts';
import type { WrittenLine } from './written.ts';

interface Place {
  readonly file: string;
  readonly line: number;
  readonly messageId: string | null;
  readonly sentAt: string;
  readonly sender: string | null;
  readonly senderId: string | null;
  readonly conversation: string;
  readonly text: string;
}

/** RFC 3339 in Beijing time, cut to minutes where the format shows no more. */
function beijingTime(at: number, minutes: boolean): string {
  const unit = minutes ? 60_000 : 1000;
  const local = new Date(Math.floor(at / unit) * unit + 8 * 3_600_000);
  return `${local.toISOString().slice(0, 19)}+08:00`;
}

function placeOf(line: WrittenLine, said: NonNullable<WrittenLine['said']>): Place {
  return {
    file: line.file,
    line: line.line,
    messageId: said.id,
    sentAt: beijingTime(said.source.at, said.id === null),
    sender: said.sender,
    senderId: said.senderId,
    conversation: said.conversation,
    text: said.source.body.replace(/^!\w+ /, ''),
  };
}

/**
 * The text of expected.json. `expected` says in which queue the violation belongs; a trap belongs in
 * neither. `transforms` names how an evasive message evades.
 */
export function expectedText(lines: readonly WrittenLine[]): string {
  const violations: object[] = [];
  const traps: object[] = [];
  const messages: Record<string, number> = {};
  for (const line of lines) {
    const said = line.said;
    if (said === null) continue;
    messages[line.file] = (messages[line.file] ?? 0) + 1;
    const mark = said.source.mark;
    if (mark?.kind === 'violation') {
      violations.push({
        id: `V${String(violations.length + 1).padStart(2, '0')}`,
        category: mark.category,
        expected: mark.expected,
        evasive: mark.transforms.length > 0,
        transforms: mark.transforms,
        ...(mark.note === null ? {} : { note: mark.note }),
        ...placeOf(line, said),
      });
    } else if (mark?.kind === 'trap') {
      traps.push({
        id: `T${String(traps.length + 1).padStart(2, '0')}`,
        resembles: mark.resembles,
        why: mark.why,
        ...placeOf(line, said),
      });
    }
  }
  const unlisted = [...staff, ...outsiders].filter((person) => person.unlisted).map((person) => person.id);
  return `${JSON.stringify({ messages, idsWithoutName: unlisted, violations, traps }, null, 2)}\n`;
}
