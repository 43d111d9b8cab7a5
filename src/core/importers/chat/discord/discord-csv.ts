/**
 * DiscordChatExporter's CSV: `AuthorID, Author, Date, Content, Attachments, Reactions`. It has neither
 * message ids nor the channel; both the channel's id and its name come from the file's name.
 */

import { EventBatch, NO_FACTS } from '../../batch.ts';
import { ChatRun, fieldsOf, personOf } from '../../chat-run.ts';
import type { CsvScanner } from '../../csv-scanner.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { findHeader, type Synonyms, type TableHeader } from '../../table.ts';
import { bookOther, openTable } from '../../table-reader.ts';
import { DISCORD_NOTICE, discordConversation, filesAt, kindByFiles } from './discord-common.ts';
import { DiscordDates } from './discord-dates.ts';

type Field = 'authorId' | 'author' | 'date' | 'content' | 'attachments' | 'reactions';

const SYNONYMS: Synonyms<Field> = {
  authorId: ['authorid'],
  author: ['author', 'username'],
  date: ['date'],
  content: ['content'],
  attachments: ['attachments'],
  reactions: ['reactions'],
};

function found(head: SourceHead, mapping?: ImportOptions['mapping']): ReturnType<typeof findHeader<Field>> {
  return findHeader(
    head,
    SYNONYMS,
    ({ author, date, content, attachments, authorId, reactions }) => {
      if ([author, date, content, attachments].includes(undefined)) return 0;
      return authorId === undefined ? (reactions === undefined ? 0.7 : 0.85) : 0.97;
    },
    mapping,
  );
}

function open(
  source: ByteSource,
  head: SourceHead,
  batch: EventBatch,
  header: TableHeader<Field> | null,
): CsvScanner {
  const columns = header?.names.length ?? 6;
  return openTable(source, head, batch, { header, delimiter: header?.delimiter ?? ',', columns });
}

/** Reads the dates of the whole file, so that the order of their numbers is known. */
function datesOf(
  source: ByteSource,
  options: ImportOptions,
  header: TableHeader<Field> | null,
): DiscordDates {
  const dates = new DiscordDates();
  const column = header?.columns.date ?? 2;
  const batch = new EventBatch(source.size, () => NO_FACTS);
  const scanner = open(source, options.head, batch, header);
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step === 'row') dates.note(scanner.field(column));
  }
  dates.decide(options.mapping?.dateOrder);
  return dates;
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const header = found(options.head, options.mapping)?.header ?? null;
  const columns: Readonly<Partial<Record<Field, number>>> = header?.columns ?? {
    authorId: 0,
    author: 1,
    date: 2,
    content: 3,
    attachments: 4,
    reactions: 5,
  };
  const dates = datesOf(source, options, header);
  run.assumptions = dates.assumptions;
  const scanner = open(source, options.head, run.batch, header);
  const field = (name: Field): string => scanner.field(columns[name] ?? -1);
  scanner.accept = () => dates.isDate(field('date'));
  run.open(discordConversation(source.name, null));
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step === 'row') {
      const text = field('content');
      const name = field('author').replace(/#0+$/, '');
      const person = personOf(field('authorId'), name, fieldsOf({ username: name }));
      const files = filesAt(splitList(field('attachments')));
      const system = files.length === 0 && DISCORD_NOTICE.test(text);
      const reactions = field('reactions');
      if (person !== null && run.kept) run.person(person);
      run.message(
        {
          sender: system ? null : person,
          senderName: name,
          sentAtText: field('date'),
          time: dates.read(field('date')),
          kind: system ? 'system' : kindByFiles(files),
          text,
          attachments: files,
          extra:
            reactions === '' && !system
              ? null
              : {
                  ...(reactions === '' ? {} : { reactions }),
                  ...(system ? { actor: person?.key ?? null } : {}),
                },
          flags: scanner.damaged ? ['invalid-bytes-replaced'] : [],
        },
        scanner,
      );
    } else bookOther(scanner, step, header, run.batch);
    if (run.full) yield* run.batch.drain();
  }
  yield* run.finish();
}

/** Addresses joined by commas, which addresses themselves may contain. */
function splitList(text: string): string[] {
  return text === '' ? [] : text.split(/,(?=https?:\/\/|[^,]*_Files[\\/])/);
}

export const discordCsv: Importer = {
  id: 'discord-chatexporter-csv',
  version: 1,
  platform: 'discord',
  holds: 'chat',
  title: { zh: 'Discord · DiscordChatExporter CSV', en: 'Discord · DiscordChatExporter CSV' },
  extensions: ['.csv'],
  sniff: (head) => found(head)?.rating ?? 0,
  read,
};
