/** One run over a KakaoTalk export: people by name, the chat by its heading or its file. */
import { ChatRun, type Draft, type Person, type Place, personOf } from '../../chat-run.ts';
import { fileNameOf } from '../../file-kind.ts';
import type { ByteSource, ImportedAttachment, ImportOptions, MessageFlag } from '../../importer.ts';
import { baseName, cleanName, detach, NONE } from '../../text.ts';
import type { ReadTime } from '../../time.ts';
import { kakaoEvent, kakaoKind } from './kakaotalk-notices.ts';

/** What phones call the exporting person. */
const SELF = /^(?:회원님|you)$/i;

export interface KakaoMessage {
  /** Null for a notice. */
  readonly name: string | null;
  readonly text: string;
  readonly sentAtText: string;
  readonly time: ReadTime;
  /** The day, for memberships; empty where it is not known. */
  readonly day: string;
  readonly flags: readonly MessageFlag[];
}

function attachmentsOf(kind: Draft['kind'], text: string): readonly ImportedAttachment[] {
  if (kind !== 'image' && kind !== 'video' && kind !== 'voice' && kind !== 'sticker' && kind !== 'file')
    return NONE;
  const name = kind === 'file' ? fileNameOf(text.replace(/^[^:]{1,8}: /, '')) : null;
  const count = kind === 'image' ? Math.min(Number(/\d+/.exec(text)?.[0] ?? 1), 100) : 1;
  return Array.from({ length: count }, () => ({ kind, name, reference: name, size: null, md5: null }));
}

export class KakaoRun {
  readonly run: ChatRun;
  #key = '';
  #name = '';
  #people: string | null = null;
  #group = false;
  readonly #senders = new Set<string>();

  constructor(source: ByteSource, options: ImportOptions) {
    this.run = new ChatRun(source, options);
    this.run.needsZone = true;
  }

  /** Opens the conversation before its first message; `title` as the export's first line gives it. */
  open(title: { readonly name: string; readonly people: string | null } | null): void {
    if (this.#key !== '') return;
    this.#name = title === null ? baseName(this.run.fileName) : cleanName(title.name);
    this.#key = `name:${this.#name}`;
    this.#people = title?.people ?? null;
    this.#group = this.#people !== null;
    this.run.open({
      key: this.#key,
      platformId: null,
      name: this.#name,
      type: this.#group ? 'group' : 'unknown',
      ...(this.#people === null ? {} : { fields: { participantCount: this.#people } }),
    });
  }

  #person(name: string): Person | null {
    return personOf(null, name, SELF.test(name) ? { self: 'true' } : undefined);
  }

  message({ name, text, sentAtText, time, day, flags }: KakaoMessage, place: Place): void {
    const event = name === null ? kakaoEvent(text) : null;
    const sender = name === null ? null : this.#person(name);
    if (sender !== null && this.#senders.size < 4) this.#senders.add(detach(sender.key));
    const kind = name === null ? (event?.act === 'recall' ? 'recall' : 'system') : kakaoKind(text);
    this.run.message(
      {
        sender,
        notice: name === null,
        sentAtText,
        time,
        kind,
        text,
        attachments: attachmentsOf(kind, text),
        extra: event === null ? null : { event },
        flags,
      },
      place,
    );
    if (event === null || day === '') return;
    const came = event.act === 'join' || event.act === 'invite';
    if (!came && event.act !== 'leave' && event.act !== 'remove') return;
    this.#group ||= event.act !== 'leave';
    const who = event.act === 'invite' || event.act === 'remove' ? event.targets : [event.actor];
    for (const one of who) {
      const person = one === null ? null : this.#person(one);
      if (person !== null) this.run.member(person, came ? { from: day } : { to: day });
    }
  }

  /** More than two who write, or somebody invited: a group. */
  settle(): void {
    const { run } = this;
    if (!run.kept || this.#people !== null || (!this.#group && this.#senders.size < 3)) return;
    run.batch.conversation({ key: this.#key, platformId: null, name: this.#name, type: 'group' });
  }
}
