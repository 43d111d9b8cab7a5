/** Messages of QQ's text exports: from a head and its lines to a message, its people and its event. */

import type { ConversationType } from '../../../domain/message.ts';
import { type ChatEvent, PeopleByName } from '../../chat-event.ts';
import type { ChatRun, Person, Place } from '../../chat-run.ts';
import type { ImportedAttachment } from '../../importer.ts';
import { NONE } from '../../text.ts';
import type { TextRecord } from '../../text-records.ts';
import { NO_TIME, type ReadTime } from '../../time.ts';
import { isSystem, type QqSender, qqEvent, qqKind, qqPerson, roleOfTitle } from './qq-common.ts';

export interface QqHead {
  readonly sender: QqSender;
  /** As written. */
  readonly time: string;
  /** Wall-clock milliseconds; null where there is no such time. */
  readonly wallTime: number | null;
}

function wallTimeOf(wallTime: number | null): ReadTime {
  return wallTime === null ? NO_TIME : { instant: null, wallTime };
}

export class QqTextRun {
  readonly #run: ChatRun;
  readonly #names = new PeopleByName();
  group = false;

  constructor(run: ChatRun) {
    this.#run = run;
  }

  /** Makes the conversation with this title the current one. */
  open(title: string, type: ConversationType, fields: Readonly<Record<string, string>>): void {
    const numbered = /^(.*?)\((\d{5,12})\)$/.exec(title);
    const platformId = numbered?.[2] ?? null;
    const name = numbered === null || numbered[1] === '' ? title : (numbered[1] as string);
    this.group = type === 'group';
    const more = Object.keys(fields).length === 0 ? {} : { fields };
    this.#run.open({ key: platformId ?? `name:${name}`, platformId, name, type, ...more });
  }

  message(record: TextRecord<QqHead>, place: Place, attachments: readonly ImportedAttachment[] = NONE): void {
    const { head, lines, flags } = record;
    const text = lines.join('\n');
    const system = isSystem(head.sender);
    const event = system || head.sender.name === '' ? qqEvent(text) : null;
    const notice = system || (event !== null && head.sender.id === null && head.sender.name === '');
    const recalled = notice && event?.act === 'recall';
    const person = notice ? this.#named(event, recalled) : qqPerson(head.sender);
    if (!notice && person !== null) this.#remember(person, head);
    this.#run.message(
      {
        sender: person,
        senderName: notice ? null : head.sender.name || null,
        sentAtText: head.time,
        time: wallTimeOf(head.wallTime),
        kind: recalled ? 'recall' : notice ? 'system' : qqKind(text),
        text,
        attachments,
        extra: this.#extra(head.sender, event),
        flags: flags.length === 0 ? NONE : flags,
      },
      place,
    );
    if (event !== null) this.#memberships(event, head.time);
  }

  /** Whose message was taken back, where the name belongs to one account. */
  #named(event: ChatEvent | null, recalled: boolean): Person | null {
    return recalled ? this.#names.get(event?.actor ?? null) : null;
  }

  #remember(person: Person, { sender }: QqHead): void {
    const { name, title } = sender;
    this.#names.add(name, person);
    if (this.group && person.platformId !== null) {
      this.#run.member(person, { role: roleOfTitle(title), displayName: name || null });
    }
  }

  #extra(sender: QqSender, event: ChatEvent | null): Record<string, unknown> | null {
    const extra = {
      ...(sender.title === null ? {} : { title: sender.title }),
      ...(event === null ? {} : { event }),
    };
    return Object.keys(extra).length === 0 ? null : extra;
  }

  /** Who came, and who went, since when. Only people whose account the file shows. */
  #memberships({ act, actor, targets }: ChatEvent, at: string): void {
    const names = act === 'join' || act === 'leave' ? (actor === null ? [] : [actor]) : targets;
    if (act !== 'join' && act !== 'invite' && act !== 'leave' && act !== 'remove') return;
    for (const name of names) {
      const person = this.#names.get(name);
      if (person === null) continue;
      const came = act === 'join' || act === 'invite';
      this.#run.member(person, came ? { from: at } : { to: at });
    }
  }
}
