/**
 * DiscordChatExporter's plain text: a rule of 62 `=`, `Guild: `, `Channel: `, a rule; messages as
 * `[date] author (pinned)`, their lines, blocks named in braces; a footer with the number of messages.
 * A message begins behind an empty line only, so that a quoted header line inside a paragraph is text.
 */
import { ChatRun, personOf } from '../../chat-run.ts';
import { eachLine, type Line } from '../../each-line.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
  MessageFlag,
  SourceHead,
} from '../../importer.ts';
import { readLineChat } from '../../line-chat.ts';
import { NONE } from '../../text.ts';
import { DISCORD_NOTICE, discordConversation, filesAt, kindByFiles } from './discord-common.ts';
import { DiscordDates } from './discord-dates.ts';

const RULE = /^={62}$/;
const HEAD = /^\[(\d[^[\]]{7,40})\] (.+?)( \(pinned\))?$/;
const FACT = /^(Guild|Channel|Topic|After|Before|Range|Messages): (.*)$/;
const BLOCK = /^\{(Attachments|Embed|Stickers|Reactions|Forwarded Message|Invite|Poll)\}$/;
const FOOTER = /^Exported [\d.,\s\u00a0\u202f]+ message\(s\)$/;

/** The date and author of a line that can begin a message. */
function headOf(line: string, dates: DiscordDates): RegExpExecArray | null {
  const m = HEAD.exec(line);
  return m !== null && dates.isDate(m[1] as string) ? m : null;
}

/** Reads all dates once, and what the head says of the conversation. */
function survey(
  source: ByteSource,
  options: ImportOptions,
): { dates: DiscordDates; facts: Map<string, string> } {
  const dates = new DiscordDates();
  const facts = new Map<string, string>();
  let empty = true;
  let begun = false;
  for (const { text } of eachLine(source, options.head)) {
    const m = empty && text !== null ? headOf(text, dates) : null;
    if (m !== null) {
      begun = true;
      dates.note(m[1] as string);
    } else if (!begun) {
      const fact = FACT.exec(text ?? '');
      if (fact !== null && !facts.has(fact[1] as string)) facts.set(fact[1] as string, fact[2] as string);
    }
    empty = text === '' || RULE.test(text ?? '');
  }
  dates.decide(options.mapping?.dateOrder);
  return { dates, facts };
}

interface OpenMessage {
  readonly date: string;
  readonly author: string;
  readonly pinned: boolean;
  readonly lines: string[];
  readonly start: number;
  readonly line: number;
  end: number;
  until: number;
  damaged: boolean;
}

interface Blocks {
  readonly text: string;
  readonly files: ImportedAttachment[];
  readonly carried: CarriedText[];
  readonly reactions: string;
}

/** Splits a message's lines into its words and its blocks. */
function blocksOf(lines: readonly string[]): Blocks {
  const first = lines.findIndex((line, i) => BLOCK.test(line) && (i === 0 || lines[i - 1] === ''));
  const words = first < 0 ? lines : lines.slice(0, first);
  const files: ImportedAttachment[] = [];
  const carried: CarriedText[] = [];
  let reactions = '';
  for (let i = Math.max(first, 0); first >= 0 && i < lines.length; ) {
    const name = BLOCK.exec(lines[i] as string)?.[1];
    let end = i + 1;
    while (end < lines.length && !(BLOCK.test(lines[end] as string) && lines[end - 1] === '')) end++;
    const content = lines
      .slice(name === undefined ? i : i + 1, end)
      .join('\n')
      .trim();
    if (name === 'Attachments') files.push(...filesAt(content.split('\n').filter((line) => line !== '')));
    else if (name === 'Stickers')
      files.push(
        ...filesAt(
          content.split('\n').filter((line) => line !== ''),
          'sticker',
        ),
      );
    else if (name === 'Reactions') reactions = content;
    else if (content !== '') {
      const act = name === 'Forwarded Message' ? 'forward' : 'quote';
      carried.push({ act, sender: null, text: content, sentAtText: null });
    }
    i = end;
  }
  return { text: words.join('\n').replace(/\n+$/, ''), files, carried, reactions };
}

class DiscordText {
  readonly #run: ChatRun;
  readonly #dates: DiscordDates;
  #open: OpenMessage | null = null;
  #empty = true;
  /** A rule that may be the footer's first line; booked with what follows it. */
  #rule: Line | null = null;
  #ended = false;

  constructor(run: ChatRun, dates: DiscordDates) {
    this.#run = run;
    this.#dates = dates;
  }

  line(line: Line): void {
    const { text } = line;
    if (this.#rule !== null && this.#afterRule(this.#rule, line)) return;
    if (text === null) {
      this.close();
      this.#run.batch.range('line-too-long', line.until, line.line, 1);
      this.#empty = true;
      return;
    }
    const head = this.#empty && !this.#ended ? headOf(text, this.#dates) : null;
    if (this.#empty && !line.terminated && (head !== null || /^(?:\[|=+$)/.test(text))) {
      // The end of the file has cut a head or a rule: it is nobody's words.
      this.close();
      this.#run.batch.range('truncated', line.until, line.line, 1);
    } else if (head !== null) this.#begin(head, line);
    else if (RULE.test(text) && this.#open !== null && this.#empty) this.#rule = line;
    else this.#plain(line);
    this.#empty = text === '' || (this.#open === null && RULE.test(text));
  }

  /** Takes the line behind a rule where both are the footer; else the rule was somebody's words. */
  #afterRule(rule: Line, line: Line): boolean {
    this.#rule = null;
    const text = line.text ?? '';
    const cut = !line.terminated && text !== '' && 'Exported '.startsWith(text.slice(0, 9));
    if (!FOOTER.test(text) && !cut) {
      this.#plain(rule);
      return false;
    }
    this.close();
    this.#ended = true;
    if (cut && !FOOTER.test(text)) {
      this.#run.batch.range('structure', rule.until, rule.line);
      this.#run.batch.range('truncated', line.until, line.line, 1);
    } else this.#run.batch.range('metadata', line.until, rule.line, 1);
    return true;
  }

  #begin(head: RegExpExecArray, line: Line): void {
    this.close();
    const [, date, author, pinned] = head;
    const { start, end, until, damaged } = line;
    this.#open = {
      date: date as string,
      author: author as string,
      pinned: pinned !== undefined,
      lines: [],
      start,
      line: line.line,
      end,
      until,
      damaged,
    };
  }

  /** A line of the open message, or of the head before the first. */
  #plain(line: Line): void {
    const text = line.text as string;
    const open = this.#open;
    if (open !== null) {
      open.lines.push(text);
      if (text !== '') open.end = line.end;
      open.until = line.until;
      open.damaged ||= line.damaged;
    } else if (text === '') this.#run.batch.range('blank', line.until, line.line);
    else if (RULE.test(text)) this.#run.batch.range('structure', line.until, line.line);
    else if (FACT.test(text)) this.#run.batch.range('metadata', line.until, line.line, 1);
    else this.#run.batch.range('unattached-text', line.until, line.line, 1);
  }

  /** Gives out the open message. */
  close(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const { text, files, carried, reactions } = blocksOf(open.lines);
    const person = personOf(null, open.author.replace(/#0+$/, ''));
    const system = files.length === 0 && carried.length === 0 && DISCORD_NOTICE.test(text);
    const forwarded = carried.some(({ act }) => act === 'forward');
    const extra = {
      ...(open.pinned ? { isPinned: true } : {}),
      ...(reactions === '' ? {} : { reactions }),
    };
    const flags: readonly MessageFlag[] = open.damaged ? ['invalid-bytes-replaced'] : NONE;
    this.#run.message(
      {
        sender: system ? null : person,
        senderName: open.author,
        sentAtText: open.date,
        time: this.#dates.read(open.date),
        kind: system ? 'system' : forwarded ? 'forward' : kindByFiles(files),
        text,
        forwarded,
        carried,
        attachments: files,
        extra: Object.keys(extra).length === 0 ? null : extra,
        flags,
      },
      open,
    );
  }

  /** Books what is still open at the source's end. */
  finish(): void {
    this.close();
    if (this.#rule !== null) this.#run.batch.range('structure', this.#rule.until, this.#rule.line);
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const { dates, facts } = survey(source, options);
  run.assumptions = dates.assumptions;
  const guild = facts.get('Guild');
  const channel = facts.get('Channel');
  const title = channel === undefined ? null : guild === undefined ? channel : `${guild} / ${channel}`;
  const topic = facts.get('Topic');
  run.open({
    ...discordConversation(source.name, title),
    ...(topic === undefined ? {} : { fields: { topic } }),
  });
  const text = new DiscordText(run, dates);
  yield* readLineChat(run, source, options.head, text);
}

function sniff(head: SourceHead): number {
  return /^\s*={62}\r?\nGuild: [^\n]*\r?\nChannel: /.test(head.text) ? 0.98 : 0;
}

export const discordText: Importer = {
  id: 'discord-chatexporter-text',
  version: 1,
  platform: 'discord',
  holds: 'chat',
  title: { zh: 'Discord · DiscordChatExporter 文本', en: 'Discord · DiscordChatExporter text' },
  extensions: ['.txt'],
  sniff,
  read,
};
