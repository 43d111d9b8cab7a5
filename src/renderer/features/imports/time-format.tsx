import { Autocomplete, Code, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localZone } from '../../components/format.ts';
import { ZoneSelect } from '../../components/zone-select.tsx';
import type { MappingProps } from './table-settings.tsx';

/** The format that is read off the times themselves. */
const AUTO = 'auto';

/** The format of the times, tried on the first thousand rows as it is typed. */
export function TimeFormat({ inspection, mapping, onChange }: MappingProps) {
  const { t } = useTranslation('tables');
  const { total, formats, unread } = inspection.times;
  const read = formats.find(({ format }) => format === mapping.timeFormat)?.read ?? 0;
  const usable = formats.filter((one) => one.read > 0);
  const countOf = new Map(usable.map((one) => [one.format, one.read]));
  return (
    <Stack gap="xs">
      <Autocomplete
        label={t('wizard.timeFormat')}
        description={t('wizard.timeHelp')}
        placeholder={t('wizard.timeAuto')}
        value={mapping.timeFormat === AUTO ? '' : mapping.timeFormat}
        // Every format stays in reach, whatever is typed.
        filter={({ options }) => options}
        data={[...new Set([...usable.map(({ format }) => format), AUTO])]}
        renderOption={({ option }) =>
          `${option.value === AUTO ? t('wizard.timeAuto') : option.value} (${t('wizard.timesRead', { count: countOf.get(option.value) ?? 0, total })})`
        }
        error={inspection.timeFormatKnown ? null : t('wizard.timeUnknown')}
        onChange={(timeFormat) => onChange({ timeFormat: timeFormat === '' ? AUTO : timeFormat })}
      />
      {total === 0 ? (
        <Text size="xs" c="dimmed">
          {t('wizard.noTimes')}
        </Text>
      ) : (
        <>
          <Progress
            value={(100 * read) / total}
            color={read === total ? 'teal' : 'yellow'}
            aria-label={t('wizard.timesRead', { count: read, total })}
          />
          <Text size="xs" role="status">
            {t('wizard.timesRead', { count: read, total })}
          </Text>
          {unread.length > 0 ? (
            <Text size="xs" c="dimmed">
              {t('wizard.unread')}{' '}
              {unread.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two cells may read the same
                <Code key={index}>{cell}</Code>
              ))}
            </Text>
          ) : null}
        </>
      )}
      <ZoneSelect
        label={t('wizard.zone')}
        value={mapping.zone ?? localZone()}
        onChange={(zone) => onChange({ zone })}
      />
    </Stack>
  );
}
