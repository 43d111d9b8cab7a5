/** What QQ Chat Exporter says of a chat beside its messages, and one run over them. */
import type { ConversationType } from '../../../domain/message.ts';
import { PeopleByName } from '../../chat-event.ts';
import { ChatRun, fieldsOf, type Person, personOf } from '../../chat-run.ts';
import type { ByteSource, ImportOptions } from '../../importer.ts';
import type { JsonItem } from '../../json-values.ts';
import { baseName, detach, isObject, listOf, scalarText, stringOf } from '../../text.ts';
import { qqEvent } from './qq-common.ts';
import { exporterMessage, isExporterMessage } from './qq-exporter-message.ts';

type Json = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<string, ConversationType>> = {
  group: 'group',
  private: 'direct',
  temp: 'direct',
  friend: 'direct',
};

/** Whether a document's `metadata` is this exporter's. */
export function isExporterMetadata(metadata: unknown): boolean {
  if (!isObject(metadata)) return false;
  return /QQ ?Chat ?Exporter|qq-chat-exporter/i.test(
    `${stringOf(metadata.name)} ${stringOf(metadata.copyright)}`,
  );
}

/** The exporter's version as a document states it. */
export function exporterVersion(metadata: unknown): string | null {
  if (!isObject(metadata)) return null;
  const named = /\bV(\d+)\b/.exec(stringOf(metadata.name))?.[1];
  return scalarText(metadata.version) ?? named ?? null;
}

function nameByPlace(source: Pick<ByteSource, 'name' | 'path'>): string {
  // …/NAME/chunks/c000001.jsonl: a chunk is called as its neighbours are.
  const folders = (source.path ?? '').split('/').slice(0, -1);
  if (folders.at(-1) === 'chunks') folders.pop();
  return (/^c?\d+\.jsonl$/i.test(source.name) ? folders.at(-1) : undefined) ?? baseName(source.name);
}

export class ExporterRun {
  readonly run: ChatRun;
  readonly #source: ByteSource;
  readonly #names = new PeopleByName();
  /** The exporter's uid → the account by its QQ number, for messages that leave the number out. */
  readonly #numbered = new Map<string, Person>();

  constructor(source: ByteSource, options: ImportOptions) {
    this.run = new ChatRun(source, options);
    this.#source = source;
  }

  /** Opens the conversation; `chatInfo` and `statistics` as the document or the manifest gives them. */
  begin(chatInfo: unknown, statistics: unknown): void {
    const info: Json = isObject(chatInfo) ? chatInfo : {};
    const real = (value: unknown): string | null => {
      const id = scalarText(value);
      return id === '0' ? null : id;
    };
    const platformId = real(info.peerUin) ?? real(info.peerUid) ?? real(info.groupCode) ?? real(info.id);
    const name = scalarText(info.name) ?? (platformId === null ? nameByPlace(this.#source) : null);
    this.run.open({
      key: platformId ?? `name:${name}`,
      platformId,
      name,
      type: TYPES[stringOf(info.type)] ?? 'unknown',
      ...(info.participantCount === undefined
        ? {}
        : { fields: fieldsOf({ participantCount: info.participantCount }) }),
    });
    const self = real(info.selfUin) ?? real(info.selfUid);
    if (self !== null && this.run.kept)
      this.run.person(personOf(self, info.selfName, { self: 'true' }) as Person);
    this.#senders(statistics);
  }

  /** People that the statistics name with their numbers. */
  #senders(statistics: unknown): void {
    if (!isObject(statistics) || !this.run.kept) return;
    for (const sender of listOf(statistics.senders)) {
      if (!isObject(sender)) continue;
      const uin = scalarText(sender.uin);
      const person = uin === null || uin === '0' ? null : personOf(uin, sender.name);
      if (person !== null) this.run.person(person);
    }
  }

  #remember(person: Person): void {
    this.#names.add(person.name, person);
    const uid = person.fields?.uid;
    if (uid !== undefined && !this.#numbered.has(uid)) this.#numbered.set(detach(uid), person);
  }

  /** Who took a message back, by the notice's words. */
  #taker(notice: string): Person | null {
    return this.#names.get(qqEvent(notice)?.actor ?? null);
  }

  item(item: JsonItem): void {
    if (item.code !== null || !isExporterMessage(item.value)) {
      this.run.skip(item);
      return;
    }
    let draft = exporterMessage(item.value, item);
    const known = draft.sender && this.#numbered.get(draft.sender.key);
    if (known) draft = { ...draft, sender: known };
    if (draft.sender) this.#remember(draft.sender);
    else if (draft.kind === 'recall') draft = { ...draft, sender: this.#taker(draft.text) };
    this.run.message(draft, item);
    const sender = item.value.sender as Json;
    const card = scalarText(sender.groupCard);
    if (card !== null && draft.sender) this.run.member(draft.sender, { displayName: card });
  }
}
