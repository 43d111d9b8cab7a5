import { Select, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MessageField } from '../../../core/domain/mapping.ts';
import { useListWords } from '../../components/list-difference.tsx';
import classes from './imports.module.css';
import type { MappingProps } from './table-settings.tsx';

/** Columns that the table shows; more can be mapped by a file (docs/import-mapping.md). */
const COLUMNS = 60;

/** The first rows, and above each column what it is. */
export function ColumnTable({ inspection, mapping, onChange }: MappingProps) {
  const { t } = useTranslation('tables');
  const lists = useListWords();
  const { headers } = inspection;
  const width = Math.min(COLUMNS, inspection.width);
  const { target } = mapping;
  const fields =
    target === 'messages'
      ? MessageField.options.map((value) => ({ value, label: t(`field.${value}`) }))
      : lists.fieldsOf(target).map(({ id, required }) => ({
          value: id,
          label: `${lists.field(target, id)}${required ? ' *' : ''}`,
        }));
  const nameOf = (index: number) => headers[index]?.trim() || `#${index + 1}`;
  const fieldOf = (index: number) =>
    Object.entries(mapping.columns).find(
      ([, column]) =>
        column === `#${index + 1}` || (headers[index] !== undefined && column === nameOf(index)),
    )?.[0] ?? null;
  const assign = (index: number, field: string | null) => {
    const others = Object.entries(mapping.columns).filter(
      ([name, column]) => name !== field && column !== nameOf(index) && column !== `#${index + 1}`,
    );
    onChange({ columns: Object.fromEntries(field === null ? others : [...others, [field, nameOf(index)]]) });
  };
  const { headerRow } = mapping.table;
  return (
    <section aria-label={t('wizard.columns')}>
      <Text fw={500} mb={4}>
        {t('wizard.columns')}
      </Text>
      <div className={classes.columns}>
        <Table stickyHeader withColumnBorders>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className={classes.lineNumber} aria-label={t('wizard.line')} />
              {Array.from({ length: width }, (_, index) => (
                <Table.Th key={nameOf(index) + String(index)}>
                  <Select
                    aria-label={t('wizard.columnIs', { column: nameOf(index) })}
                    placeholder={t('wizard.kept')}
                    clearable
                    searchable
                    value={fieldOf(index)}
                    data={fields}
                    onChange={(field) => assign(index, field)}
                  />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {inspection.rows.slice(0, 15).map((row) => (
              <Table.Tr
                key={row.number}
                data-header={row.number === headerRow}
                data-above={row.number < headerRow}
              >
                <Table.Td className={classes.lineNumber}>{row.number}</Table.Td>
                {Array.from({ length: width }, (_, index) => (
                  <Table.Td key={nameOf(index) + String(index)} title={row.cells[index]}>
                    {row.cells[index]}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
