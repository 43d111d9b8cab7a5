/** Statutory meters over a person, a group or a case. A meter counts; it decides nothing. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { MeterReadingView, MeterSubject, MeterView } from '../../domain/meter.ts';
import { civilDayOf } from '../../law/civil-day.ts';
import { citeArticle } from '../../law/law-library.ts';
import type { Meter, MeterMedia } from '../../meter/meter-data.ts';
import {
  type MeterConversation,
  type MeterItem,
  type MeterReading,
  readMeter,
} from '../../meter/read-meter.ts';
import {
  type CountedMessage,
  conversationAccounts,
  countedMessages,
  figuresOf,
  insertFigure,
  meterScope,
  undecidedHits,
  withdrawFigureRow,
} from '../../storage/cases/meter.ts';
import { change, newUid, record, type Session } from '../session.ts';

const VIDEO = /(^|\n)video |\.(mp4|mov|m4v|avi|mkv|wmv|flv|webm|3gp)(\n|$)/i;
const AUDIO = /(^|\n)(audio|voice) |\.(mp3|m4a|wav|aac|amr|ogg|opus|flac|silk)(\n|$)/i;

function mediaOf({ kind, carries }: CountedMessage): MeterMedia {
  if (kind === 'video' || VIDEO.test(carries ?? '')) return 'video';
  if (kind === 'voice' || AUDIO.test(carries ?? '')) return 'audio';
  return 'other';
}

function toItem(row: CountedMessage): MeterItem {
  return {
    day: row.sent_at === null ? null : civilDayOf(row.sent_at),
    media: mediaOf(row),
    under14: row.under14 === 1,
    group: row.type === 'direct' ? null : String(row.conversation_id),
    conversation: String(row.conversation_id),
    text: row.text,
    forwarded: row.forwarded === 1,
  };
}

/** Meters of a subject. Without `all` only those with something to read. Throws `not-found`. */
export function readMeters(session: Session, { subject, all }: Parsed<'meter.read'>): MeterView[] {
  const { db } = session.workspace.store;
  const { law, meters } = session.environment.resources;
  const scope = meterScope(db, subject);
  const rows = countedMessages(db, scope);
  const undecided = undecidedHits(db, scope);
  const figures = figuresOf(db, subject);
  const conversations = new Map<string, MeterConversation>();
  const known = (ids: readonly number[]) => {
    for (const id of ids)
      if (!conversations.has(String(id)))
        conversations.set(String(id), conversationAccounts(db, id, scope.accounts));
    return conversations;
  };
  const views = meters
    .filter((meter) => meter.subjects.includes(subject.type))
    .map((meter): MeterView => {
      // A message with hits of several categories of one meter is one item.
      const mine = new Map(
        rows.flatMap((row) =>
          meter.categories.includes(row.category) ? [[row.message_id, row] as const] : [],
        ),
      );
      const items = [...mine.values()];
      const entered = figures.filter((figure) => figure.meter === meter.id);
      const result = readMeter(
        meter,
        {
          items: items.map(toItem),
          conversations: known(items.map(({ conversation_id }) => conversation_id)),
          figures: entered,
        },
        law,
      );
      return {
        id: meter.id,
        title: meter.title,
        categories: [...meter.categories],
        window: meter.window
          ? { years: meter.window.years, article: cited(session, meter.window.article) }
          : null,
        items: items.length,
        undecided: meter.categories.reduce((sum, category) => sum + (undecided.get(category) ?? 0), 0),
        readings: result.readings.map((reading) => readingView(session, meter, reading)),
        left: result.left,
        figures: entered.map(({ meter: _, ...figure }) => figure),
        counters: meter.counters.map(({ id, title }) => ({ id, title })),
        variants: meter.variants.map(({ id, title }) => ({ id, title })),
        unknowns: [...meter.unknowns],
      };
    });
  const highest = (view: MeterView) => Math.max(-1, ...view.readings.map(({ share }) => share));
  return views
    .filter((view) => all || view.items > 0 || view.undecided > 0 || view.figures.length > 0)
    .sort((a, b) => highest(b) - highest(a));
}

function readingView(session: Session, meter: Meter, reading: MeterReading): MeterReadingView {
  const variant = meter.variants.find(({ id }) => id === reading.variant) as Meter['variants'][number];
  const counters = new Map(meter.counters.map((counter) => [counter.id, counter]));
  return {
    variant: { id: variant.id, title: variant.title, factor: variant.factor },
    article: cited(session, reading.article),
    variantArticle: cited(session, reading.variantArticle),
    window: reading.window,
    items: reading.items,
    outside: reading.outside,
    counters: reading.counters.map((counter) => {
      const { title, unit } = counters.get(counter.id) as Meter['counters'][number];
      return { ...counter, title, unit, missing: [...counter.missing] };
    }),
    rules: reading.rules.map(({ rule, met, share, reached }) => ({
      kind: rule.kind,
      needed: rule.kind === 'reach' ? rule.needed : null,
      share: rule.kind === 'reach' ? rule.share : null,
      of: [...rule.of],
      met,
      progress: share,
      reached,
    })),
    share: reading.share,
    state: reading.state,
  };
}

function cited(session: Session, reference: string) {
  const article = session.environment.resources.law.articles.get(reference.replace(/^law:/, ''));
  if (!article) return { reference, citation: { zh: reference, en: reference }, marks: '' };
  const { verification, numberVerification, datesVerification } = article;
  return {
    reference,
    citation: citeArticle(article),
    marks: [verification, numberVerification, datesVerification].join('/'),
  };
}

/** Enters a figure that no export tells. Throws `invalid-input` for what the meter does not count. */
export function enterFigure(session: Session, input: Parsed<'meter.enterFigure'>): MeterView[] {
  const { subject, counter, variant, value, day, source } = input;
  const meter = session.environment.resources.meters.find(({ id }) => id === input.meter);
  if (!meter) throw new DocketError('not-found', 'no such meter', input.meter);
  if (!meter.counters.some(({ id }) => id === counter))
    throw new DocketError('invalid-input', `this meter does not count ${counter}`, 'counter');
  if (!meter.variants.some(({ id }) => id === variant))
    throw new DocketError('invalid-input', `this meter has no variant ${variant}`, 'variant');
  meterScope(session.workspace.store.db, subject);
  change(session, () => {
    const id = newUid(session);
    insertFigure(session.workspace.store, {
      id,
      subject_type: subject.type,
      subject_id: subject.id,
      meter: meter.id,
      counter,
      variant,
      value,
      day,
      source,
      officer_id: session.officer.id,
      at: session.environment.now(),
      withdrawn_at: null,
      withdrawn_by: null,
    });
    record(session, {
      type: 'meter.figure-entered',
      subject: { type: 'figure', id },
      ...caseOf(subject),
      after: { meter: meter.id, counter, variant, value, day, source },
    });
  });
  return readMeters(session, { subject, all: true });
}

const caseOf = (subject: MeterSubject) => (subject.type === 'case' ? { caseId: subject.id } : {});

/** Throws `not-found` for a figure that does not stand for this subject. */
export function withdrawFigure(
  session: Session,
  { subject, figureId }: Parsed<'meter.withdrawFigure'>,
): MeterView[] {
  const { store } = session.workspace;
  const figure = figuresOf(store.db, subject).find(({ id }) => id === figureId);
  if (!figure) throw new DocketError('not-found', 'no such figure', figureId);
  change(session, () => {
    withdrawFigureRow(store, figureId, {
      withdrawn_at: session.environment.now(),
      withdrawn_by: session.officer.id,
    });
    record(session, {
      type: 'meter.figure-withdrawn',
      subject: { type: 'figure', id: figureId },
      ...caseOf(subject),
      before: { meter: figure.meter, counter: figure.counter, value: figure.value },
    });
  });
  return readMeters(session, { subject, all: true });
}
