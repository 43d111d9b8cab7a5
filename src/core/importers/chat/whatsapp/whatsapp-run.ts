/** The second pass over a WhatsApp export: lines to messages. */

import type { EventBatch } from '../../batch.ts';
import type { ChatEvent } from '../../chat-event.ts';
import type { Line } from '../../each-line.ts';
import type { MessageFlag, RangeCode } from '../../importer.ts';
import { LINE_LIMIT } from '../../line-scanner.ts';
import { cleanName, NONE } from '../../text.ts';
import { isSelf, whatsAppEvent } from './whatsapp-events.ts';
import { type Header, headerTime, isCutHeader, isDamagedHeader, readHeader } from './whatsapp-header.ts';
import { isDeleted, isEdited, isSenderNotice, kindOfText, mediaOf } from './whatsapp-markers.ts';
import { type Survey, splitSender } from './whatsapp-survey.ts';

interface OpenMessage {
  readonly header: Header;
  /** Null for a line that names no sender. */
  readonly name: string | null;
  readonly start: number;
  readonly line: number;
  text: string;
  end: number;
  until: number;
  damaged: boolean;
  /** Blank lines below it: its own only if more of its text follows. */
  blanks: string;
  blanksUntil: number;
  blanksLine: number;
}

const PHONE = /^\+?\d[\d\s().-]{5,}\d$/;

interface Account {
  readonly key: string;
  readonly platformId: string | null;
  readonly phone: string | null;
}

/** A sender's account: by the number where the export shows one, else by the clean name. */
function accountOf(name: string): Account {
  if (!PHONE.test(name)) return { key: `name:${name}`, platformId: null, phone: null };
  const digits = name.replace(/[^\d+]/g, '');
  return { key: digits, platformId: digits, phone: name };
}

export class WhatsAppRun {
  readonly #survey: Survey;
  readonly #batch: EventBatch;
  readonly #accounts = new Set<string>();
  #open: OpenMessage | null = null;
  #ordinal = 0;

  constructor(found: Survey, batch: EventBatch) {
    this.#survey = found;
    this.#batch = batch;
    const { key, name, type } = found.conversation;
    batch.conversation({ key, platformId: null, name, type });
  }

  /** Takes one line in. */
  line(line: Line): void {
    const { text } = line;
    if (text === null) {
      this.#skip('line-too-long', line);
      return;
    }
    const header = readHeader(text);
    const { style, senders } = this.#survey;
    if (header !== null && header.style === style) this.#begin(text, header, line);
    else if (text.trim() === '') this.#blank(text, line);
    else if (!line.terminated && isCutHeader(text, style)) this.#skip('truncated', line);
    else if (isDamagedHeader(text, style, senders)) this.#skip('bad-row', line);
    else this.#continue(text, line);
  }

  /** Books a line that is no part of a message; the one above is complete. */
  #skip(code: RangeCode, { until, line }: Line): void {
    this.close();
    this.#batch.range(code, until, line, 1);
  }

  #begin(text: string, header: Header, place: Line): void {
    const rest = text.slice(header.restAt);
    const split = splitSender(rest, this.#survey.compoundNames, this.#survey.tightNames);
    if (split === null && this.#isCutName(rest)) {
      this.#skip(place.terminated ? 'bad-row' : 'truncated', place);
      return;
    }
    this.close();
    const { start, end, until, line } = place;
    this.#open = {
      header,
      name: split === null ? null : cleanName(split.name),
      start,
      line,
      text: split?.text ?? rest,
      end,
      until,
      damaged: place.damaged,
      blanks: '',
      blanksUntil: until,
      blanksLine: line,
    };
  }

  /** Whether a line stops inside its sender's name. */
  #isCutName(rest: string): boolean {
    const begin = cleanName(rest);
    for (const sender of this.#survey.senders) if (sender.startsWith(begin)) return true;
    return begin === '';
  }

  #blank(text: string, place: Line): void {
    const open = this.#open;
    if (open === null) {
      this.#batch.range('blank', place.until, place.line);
      return;
    }
    if (open.blanks === '') open.blanksLine = place.line;
    open.blanks += `\n${text}`;
    open.blanksUntil = place.until;
  }

  #continue(text: string, place: Line): void {
    const open = this.#open;
    if (open === null) {
      this.#batch.range('unattached-text', place.until, place.line, 1);
      return;
    }
    if (open.text.length + text.length > LINE_LIMIT) {
      this.#skip('line-too-long', place);
      return;
    }
    open.text += `${open.blanks}\n${text}`;
    open.blanks = '';
    open.end = place.end;
    open.until = place.until;
    open.damaged ||= place.damaged;
  }

  /** Completes the message that is open. */
  close(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    this.#emit(open);
    this.#batch.range('message', open.until, open.line, 1);
    if (open.blanks !== '') this.#batch.range('blank', open.blanksUntil, open.blanksLine);
  }

  #emit(open: OpenMessage): void {
    const { header, text, name } = open;
    const { conversation, order } = this.#survey;
    // On iOS a group's notices stand under the group's own name.
    const byGroup = conversation.type === 'group' && text.startsWith('\u200e') && name === conversation.name;
    const notice = name === null || isSenderNotice(text) || byGroup;
    const deleted = !notice && isDeleted(text);
    const media = notice || deleted ? null : mediaOf(text);
    const account = notice ? null : accountOf(name);
    if (account !== null) this.#announce(account, name as string);
    const wallTime = headerTime(header, order);
    let flags: readonly MessageFlag[] = NONE;
    if (open.damaged) flags = [...flags, 'invalid-bytes-replaced'];
    if (wallTime === null) flags = [...flags, 'time-unparsed'];
    const event = notice ? whatsAppEvent(text) : null;
    const extra = {
      ...(notice && name !== null ? { sender: name } : {}),
      ...(!notice && isEdited(text) ? { edited: true } : {}),
      ...(event === null ? {} : { event }),
    };
    this.#batch.message({
      ordinal: this.#ordinal++,
      conversationKey: conversation.key,
      platformId: null,
      senderKey: account?.key ?? null,
      senderName: notice ? null : name,
      sentAtText: header.timeText,
      instant: null,
      wallTime,
      kind: notice ? 'system' : deleted ? 'recall' : (media?.kind ?? kindOfText(text)),
      text,
      forwarded: false,
      carried: NONE,
      refersTo: null,
      editedAtText: null,
      attachments: media?.attachment ? [media.attachment] : NONE,
      extra: Object.keys(extra).length === 0 ? null : extra,
      flags,
      locator: { start: open.start, end: open.end, line: open.line },
    });
    if (event !== null) this.#memberships(event, header.timeText);
  }

  /** Who came and who went, since when, as a notice says it. The phone's own person has no name there. */
  #memberships({ act, actor, targets }: ChatEvent, at: string): void {
    const came = act === 'join' || act === 'invite';
    if (!came && act !== 'leave' && act !== 'remove') return;
    const names = act === 'join' || act === 'leave' ? [actor] : targets;
    for (const name of names) {
      if (name === null || name === '' || isSelf(name)) continue;
      const account = accountOf(cleanName(name));
      this.#announce(account, cleanName(name));
      this.#batch.membership({
        conversationKey: this.#survey.conversation.key,
        accountKey: account.key,
        role: null,
        displayName: null,
        from: came ? at : null,
        to: came ? null : at,
      });
    }
  }

  #announce(account: Account, name: string): void {
    if (this.#accounts.has(account.key)) return;
    this.#accounts.add(account.key);
    const { key, platformId, phone } = account;
    this.#batch.account({ key, platformId, name, ...(phone === null ? {} : { fields: { phone } }) });
  }
}
