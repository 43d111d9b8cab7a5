/** Conditions of rules on the sender, the conversation and the time. */
import { type Conditions, type Rule, WEEKDAYS } from '../rules/rule-pack.ts';

/** What is known of the circumstances of a text; what is left out is not known. */
export interface Circumstances {
  readonly role?: string | null;
  readonly fields?: Readonly<Record<string, string>>;
  readonly members?: number;
  readonly conversationName?: string | null;
  /** Wall-clock time where the text was written: milliseconds as if it were UTC. */
  readonly wallTime?: number | null;
}

/** Whether a rule has conditions that the text alone does not answer. */
export function asksCircumstances({ when }: Rule): boolean {
  return when?.sender !== undefined || when?.conversation !== undefined || when?.time !== undefined;
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

function timeHolds(time: NonNullable<Conditions['time']>, wall: number | null | undefined): boolean {
  if (wall === null || wall === undefined) return false;
  const at = new Date(wall);
  if (time.days !== undefined) {
    const day = WEEKDAYS[(at.getUTCDay() + 6) % 7];
    if (day === undefined || !time.days.includes(day)) return false;
  }
  if (time.between === undefined) return true;
  const minute = at.getUTCHours() * 60 + at.getUTCMinutes();
  const [from, to] = time.between.map(minutesOf) as [number, number];
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Whether the conditions hold; what is not known does not hold. */
export function conditionsHold(when: Conditions | undefined, known: Circumstances): boolean {
  const { sender, conversation, time } = when ?? {};
  if (sender?.role !== undefined && !sender.role.some((role) => role === known.role)) return false;
  for (const [field, values] of Object.entries(sender?.fields ?? {})) {
    const value = known.fields?.[field];
    if (value === undefined || !values.includes(value)) return false;
  }
  if (conversation !== undefined) {
    const { minMembers, maxMembers, nameHas } = conversation;
    const { members, conversationName: name } = known;
    if (minMembers !== undefined && (members === undefined || members < minMembers)) return false;
    if (maxMembers !== undefined && (members === undefined || members > maxMembers)) return false;
    if (nameHas !== undefined && !nameHas.some((word) => name?.includes(word))) return false;
  }
  return time === undefined || timeHolds(time, known.wallTime);
}
