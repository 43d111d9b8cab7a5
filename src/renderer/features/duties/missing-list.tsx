import { Group, Stack, Text } from '@mantine/core';
import { IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Duty } from '../../../core/domain/case.ts';
import { ScreenLink } from '../../components/link.tsx';
import type { CaseTab } from '../cases/search.ts';
import { useMissingWords } from './duty-badges.tsx';

/** Where a requirement is met, if not in the form of the duty itself. */
const MET_ON: Record<string, CaseTab> = { disposal: 'decision', records: 'evidence' };

/** What still stands between a duty and its end, with the way to it. */
export function MissingList({ duty }: { duty: Duty }) {
  const { t, i18n } = useTranslation('duties');
  const missing = useMissingWords();
  if (duty.missing.length === 0) return null;
  return (
    <Stack gap={4} component="ul" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {duty.missing.map((code) => {
        const tab = Object.hasOwn(MET_ON, code) ? MET_ON[code] : undefined;
        return (
          <Group key={code} gap={6} wrap="nowrap" align="flex-start" component="li">
            <IconCircleDashed size={15} style={{ flex: 'none', marginTop: 3 }} aria-hidden />
            <Text>
              {missing(code)}
              {i18n.exists(`duties:how.${code}`) ? (
                <Text span c="dimmed" inherit>
                  {' — '}
                  {t(`how.${code}` as never)}
                </Text>
              ) : null}{' '}
              {tab ? (
                <ScreenLink to="/cases/$caseId" params={{ caseId: duty.caseId }} search={{ tab }}>
                  {t(`goTo.${tab}` as never)}
                </ScreenLink>
              ) : null}
            </Text>
          </Group>
        );
      })}
    </Stack>
  );
}
