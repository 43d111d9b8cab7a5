import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { localZone, offsetAt, useFormat } from '../../components/format.ts';
import { PrintButton } from '../../components/print-sheet.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import classes from './cases.module.css';
import { useTimelineWords } from './timeline-words.ts';

/** Everything that happened in the case, in the order in which it happened. */
export function TimelineTab({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  return (
    <section className={classes.box}>
      <Group justify="flex-end">
        <PrintButton label={t('timeline.print')}>
          <Sheet detail={detail} />
        </PrintButton>
      </Group>
      <Entries detail={detail} />
    </section>
  );
}

function Entries({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const changesOf = useTimelineWords(detail);
  return (
    <ol className={classes.timeline} aria-label={t('tab.timeline')}>
      {detail.timeline.map((entry) => (
        <li key={entry.id} className={classes.entry}>
          <div>
            <Text>
              <Time at={entry.at} precision="second" />
            </Text>
            <Text size="xs" c="dimmed">
              {entry.officer}
            </Text>
          </div>
          <div>
            <Text fw={600}>{words.of('eventType', entry.type)}</Text>
            <dl className={classes.changes}>
              {changesOf(entry).map((line) => (
                <ChangeRow key={line.field} {...line} />
              ))}
            </dl>
          </div>
        </li>
      ))}
    </ol>
  );
}

interface ChangeRowProps {
  label: string;
  before: string | null;
  after: string | null;
}

function ChangeRow({ label, before, after }: ChangeRowProps) {
  const { t } = useTranslation('cases');
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {before === null ? null : (
          <>
            <span className={classes.before}>{before}</span>
            {' → '}
          </>
        )}
        {after ?? (before === null ? '' : t('timeline.empty'))}
      </dd>
    </>
  );
}

/** The timeline alone on paper, headed by the case and the zone of its times. */
function Sheet({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation(['cases', 'common']);
  const format = useFormat();
  const { summary } = detail;
  return (
    <>
      <h1>
        {summary.number} {summary.title}
      </h1>
      <p>
        {t('timeline.printed', { at: format.dateTime(Date.now()) })} ·{' '}
        {t('common:time.zone', { zone: localZone(), offset: offsetAt(Date.now()) })}
      </p>
      <Entries detail={detail} />
    </>
  );
}
