/**
 * KakaoTalk's CSV export (macOS, newer phones): `Date, User, Message`, seconds, no zone. Notices stand under
 * the name of whoever caused them; only their words tell them from messages.
 */
import type { CsvScanner } from '../../csv-scanner.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { findHeader, type Synonyms } from '../../table.ts';
import { bookOther, openTable } from '../../table-reader.ts';
import { NO_TIME, readCivilText } from '../../time.ts';
import { KakaoRun } from './kakaotalk-chat.ts';
import { kakaoEvent } from './kakaotalk-notices.ts';

type Field = 'date' | 'user' | 'message';

const SYNONYMS: Synonyms<Field> = { date: ['date'], user: ['user'], message: ['message'] };
const ROW = /^"?\d{4}-\d\d-\d\d \d{1,2}:\d\d:\d\d"?,/m;

function found(head: SourceHead, mapping?: ImportOptions['mapping']): ReturnType<typeof findHeader<Field>> {
  return findHeader(
    head,
    SYNONYMS,
    ({ date, user, message }) => {
      if (date !== 0 || user !== 1 || message !== 2) return 0;
      return ROW.test(head.text) ? 0.9 : 0.6;
    },
    mapping,
  );
}

/** The chat's name as the exporter puts it into the file's: `KakaoTalk_Chat_NAME_2024-01-05-10-00-00.csv`. */
function titleOf(fileName: string): { readonly name: string; readonly people: null } | null {
  const name = /^KakaoTalk_Chat_(.+?)_\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d(?: ?\(\d+\))?\.csv$/i.exec(
    fileName,
  )?.[1];
  return name === undefined ? null : { name, people: null };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const chat = new KakaoRun(source, options);
  const { run } = chat;
  const header = found(options.head, options.mapping)?.header ?? null;
  const scanner: CsvScanner = openTable(source, options.head, run.batch, {
    header,
    delimiter: header?.delimiter ?? ',',
    columns: header?.names.length ?? 3,
  });
  const columns = header?.columns ?? { date: 0, user: 1, message: 2 };
  const field = (name: Field): string => scanner.field(columns[name] ?? -1);
  scanner.accept = () => readCivilText(field('date')) !== null;
  chat.open(titleOf(source.name));
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step === 'row') {
      const text = field('message');
      const sentAtText = field('date');
      const event = kakaoEvent(text);
      // Words that anybody can write about others stay their words.
      const notice = field('user') === '' || (event?.actor ?? null) === field('user');
      chat.message(
        {
          name: notice ? null : field('user'),
          text,
          sentAtText,
          time: readCivilText(sentAtText) ?? NO_TIME,
          day: sentAtText,
          flags: scanner.damaged ? ['invalid-bytes-replaced'] : [],
        },
        scanner,
      );
    } else bookOther(scanner, step, header, run.batch);
    if (run.full) yield* run.batch.drain();
  }
  chat.settle();
  yield* run.finish();
}

export const kakaoTalkCsv: Importer = {
  id: 'kakaotalk-native-csv',
  version: 1,
  platform: 'kakaotalk',
  holds: 'chat',
  title: { zh: 'KakaoTalk 聊天记录（CSV）', en: 'KakaoTalk chat history (CSV)' },
  extensions: ['.csv'],
  sniff: (head) => found(head)?.rating ?? 0,
  read,
};
