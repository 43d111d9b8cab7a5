import { Badge, Group, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LawEntry } from '../../../core/domain/law.ts';

const COLORS = { V: 'teal', V2: 'yellow', M: 'orange', inferred: 'orange' } as const;
const PARTS = ['content', 'number', 'dates'] as const;

/** How content, number and dates of an article are known; the weakest decides what a reader should check. */
export function LawMarks({ entry }: { entry: Pick<LawEntry, 'marks'> }) {
  const { t } = useTranslation('law');
  return (
    <Group gap={4} wrap="nowrap">
      {PARTS.map((part) => {
        const mark = entry.marks[part];
        return (
          <Tooltip key={part} label={`${t(`part.${part}`)}: ${t(`mark.${mark}`)}`}>
            <Badge color={COLORS[mark]} variant="light" style={{ flex: 'none', textTransform: 'none' }}>
              {t(`part.${part}`)} {t(`short.${mark}`)}
            </Badge>
          </Tooltip>
        );
      })}
    </Group>
  );
}

/** From when to when a version held. */
export function Held({ entry }: { entry: Pick<LawEntry, 'effectiveFrom' | 'ended'> }) {
  const { t } = useTranslation('law');
  return (
    <span>
      {entry.ended
        ? t(`held.${entry.ended.how}`, { from: entry.effectiveFrom, on: entry.ended.on })
        : t('held.still', { from: entry.effectiveFrom })}
    </span>
  );
}

/** Does this version hold on the day looked at? */
export function InForce({ entry }: { entry: Pick<LawEntry, 'inForce' | 'ended'> }) {
  const { t } = useTranslation('law');
  return entry.inForce ? (
    <Badge color="teal">{t('inForce')}</Badge>
  ) : (
    <Badge color="gray">{t(entry.ended ? 'ended' : 'notYet')}</Badge>
  );
}
