import { Badge, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Gap } from '../../../core/domain/gap.ts';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useWords } from '../../components/words.ts';

const COLOURS = {
  'missing-days': 'red',
  'sequence-hole': 'red',
  backwards: 'yellow',
  damage: 'gray',
} as const;

/** Findings, gravest first; each opens the messages on both sides of it. */
export function GapList({ gaps }: { gaps: readonly Gap[] }) {
  const { t } = useTranslation('material');
  return (
    <div>
      <Table verticalSpacing={4} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={170}>{t('gaps.column.kind')}</Table.Th>
            <Table.Th>{t('gaps.column.what')}</Table.Th>
            <Table.Th w={170}>{t('gaps.column.open')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {gaps.map((gap) => (
            <Table.Tr key={`${gap.kind} ${gap.before} ${gap.after}`}>
              <Table.Td>
                <Badge color={COLOURS[gap.kind]} variant="light">
                  {t(`gaps.kind.${gap.kind}`)}
                </Badge>
              </Table.Td>
              <Table.Td>
                <What gap={gap} />
              </Table.Td>
              <Table.Td>
                <Side message={gap.before} label={t('gaps.before')} />
                {gap.before && gap.after ? ' · ' : null}
                <Side message={gap.after} label={t('gaps.after')} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt="xs">
        {t('gaps.listed')}
      </Text>
    </div>
  );
}

function What({ gap }: { gap: Gap }) {
  const { t } = useTranslation('material');
  const words = useWords();
  const format = useFormat();
  switch (gap.kind) {
    case 'missing-days':
      return t(gap.size === 1 ? 'gaps.oneDay' : 'gaps.span', {
        from: gap.fromDay ?? '',
        to: gap.toDay ?? '',
        count: gap.size,
        expected: gap.expected,
      });
    case 'sequence-hole':
      return t('gaps.hole', { count: gap.size, numbers: gap.detail ?? '' });
    case 'backwards':
      return t('gaps.back', { time: format.duration(Math.round(gap.size / 1000)) });
    case 'damage': {
      const flags = (gap.detail ?? '').split(' ');
      return format.list(flags.map((flag) => words.of('flag', flag)));
    }
  }
}

function Side({ message, label }: { message: string | null; label: string }) {
  if (message === null) return null;
  return (
    <ScreenLink to="/messages" search={{ message }}>
      {label}
    </ScreenLink>
  );
}
