/**
 * WhatsApp's text export, Android (`date, time - name: text`) and iOS (`[date, time] name: text`), in
 * any locale. Read twice: once for what the whole file shows (order of the dates, names), once for
 * its messages. Lines without a header go on with the message above. Times have no zone.
 */
import { EventBatch } from '../../batch.ts';
import { eachLine } from '../../each-line.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readHeader } from './whatsapp-header.ts';
import { isNotice, isSenderNotice, mediaOf } from './whatsapp-markers.ts';
import { WhatsAppRun } from './whatsapp-run.ts';
import { nameFromFile, type Survey, splitSender, survey } from './whatsapp-survey.ts';

function assumptionsOf(found: Survey | null): Record<string, string> {
  if (found === null) return {};
  const names = found.compoundNames.length === 0 ? {} : { namesWithColon: found.compoundNames.join(', ') };
  return { dateOrder: found.order, dateOrderBasis: found.basis, ...names };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const { head } = options;
  const found = survey(source, head, options.mapping?.dateOrder);
  const formatVersion = found === null ? null : found.style.endsWith('bracket') ? 'ios' : 'android';
  const facts = { formatVersion, needsZone: true, assumptions: assumptionsOf(found) };
  const batch = new EventBatch(source.size, () => facts);
  batch.range('byte-order-mark', head.bomLength, 1);
  const run = found === null ? null : new WhatsAppRun(found, batch);
  for (const line of eachLine(source, head)) {
    if (run === null) batch.range('unattached-text', line.until, line.line, 1);
    else run.line(line);
    if (batch.full) yield* batch.drain();
  }
  run?.close();
  yield* batch.finish();
}

/** Counts header lines in the head, and the marks that only WhatsApp's files have. */
function sniff(head: SourceHead): number {
  let lines = 0;
  let headers = 0;
  let senders = 0;
  let marks = 0;
  for (const line of head.text.split(/\r\n|\n|\r/, 2000)) {
    if (line.trim() === '') continue;
    lines++;
    const header = readHeader(line);
    if (header === null) continue;
    headers++;
    const rest = line.slice(header.restAt);
    const split = splitSender(rest, []);
    if (split !== null) senders++;
    if (split === null ? isNotice(rest) : isSenderNotice(split.text) || mediaOf(split.text) !== null) marks++;
  }
  if (headers === 0) return 0;
  const named = nameFromFile(head.name).certain || /^_chat/i.test(head.name);
  if (marks > 0 || named) return named && marks > 0 ? 0.98 : 0.92;
  if (senders < headers * 0.3 || headers < lines * 0.02) return 0;
  return headers >= 3 ? 0.8 : 0.6;
}

export const whatsAppText: Importer = {
  id: 'whatsapp-export-text',
  version: 6,
  platform: 'whatsapp',
  holds: 'chat',
  title: { zh: 'WhatsApp 聊天导出（文本）', en: 'WhatsApp chat export (text)' },
  extensions: ['.txt'],
  sniff,
  read,
};
