import { Group, NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ListKind } from '../../../core/domain/list.ts';
import { TableDelimiter, TableEncoding, type TableMapping } from '../../../core/domain/mapping.ts';
import { Platform } from '../../../core/domain/message.ts';
import type { TableInspection } from '../../../core/domain/table.ts';
import { useListWords } from '../../components/list-difference.tsx';
import { useWords } from '../../components/words.ts';

export interface MappingProps {
  inspection: TableInspection;
  mapping: TableMapping;
  onChange: (changes: Partial<TableMapping>) => void;
}

const KEYS: Readonly<Record<string, string>> = {
  auto: 'auto',
  ',': 'comma',
  '\t': 'tab',
  ';': 'semicolon',
  '|': 'bar',
};

/** What the rows are, and how the file is to be cut into rows and columns. */
export function TableSettings({ inspection, mapping, onChange }: MappingProps) {
  const { t } = useTranslation('tables');
  const words = useWords();
  const lists = useListWords();
  const { table } = mapping;
  const set = (changes: Partial<TableMapping['table']>) => onChange({ table: { ...table, ...changes } });
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label={t('wizard.target')}
        allowDeselect={false}
        w={180}
        value={mapping.target}
        data={[
          { value: 'messages', label: t('wizard.messages') },
          ...ListKind.options.map((kind) => ({ value: kind, label: lists.kind(kind) })),
        ]}
        onChange={(target) =>
          target && onChange({ target: target as TableMapping['target'], columns: {}, constants: {} })
        }
      />
      <Select
        label={t('wizard.platform')}
        allowDeselect={false}
        searchable
        w={150}
        value={mapping.platform}
        data={words.choices('platform', Platform.options)}
        onChange={(platform) => platform && onChange({ platform: platform as TableMapping['platform'] })}
      />
      {inspection.kind === 'workbook' ? (
        <Select
          label={t('wizard.sheet')}
          allowDeselect={false}
          w={180}
          value={table.sheet}
          data={inspection.sheets}
          onChange={(sheet) => set({ sheet })}
        />
      ) : (
        <>
          <Select
            label={t('wizard.encoding')}
            allowDeselect={false}
            w={150}
            value={table.encoding}
            data={TableEncoding.options.map((encoding) => ({
              value: encoding,
              label: encoding === 'auto' ? t('wizard.found', { value: inspection.encoding }) : encoding,
            }))}
            onChange={(encoding) =>
              encoding && set({ encoding: encoding as TableMapping['table']['encoding'] })
            }
          />
          <Select
            label={t('wizard.delimiter')}
            allowDeselect={false}
            w={170}
            value={table.delimiter}
            data={TableDelimiter.options.map((delimiter) => ({
              value: delimiter,
              label:
                delimiter === 'auto'
                  ? t('wizard.found', {
                      value: t(`wizard.delimiters.${KEYS[inspection.delimiter]}` as never),
                    })
                  : t(`wizard.delimiters.${KEYS[delimiter]}` as never),
            }))}
            onChange={(delimiter) =>
              delimiter && set({ delimiter: delimiter as TableMapping['table']['delimiter'] })
            }
          />
        </>
      )}
      <NumberInput
        label={t('wizard.headerRow')}
        w={130}
        min={0}
        max={1000}
        allowDecimal={false}
        value={table.headerRow}
        onChange={(value) => typeof value === 'number' && set({ headerRow: value })}
      />
    </Group>
  );
}
