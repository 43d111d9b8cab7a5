import { useTranslation } from 'react-i18next';

/** What a mapping read from which column, `text=内容, sentAt=时间`, with the fields in words; unknown ones stand as they are. */
export function useColumnsInWords(): (columns: string) => string {
  const { t, i18n } = useTranslation('tables');
  return (columns) =>
    columns.replace(/(^|, )([A-Za-z]+)=/g, (whole, before: string, field: string) =>
      i18n.exists(`field.${field}`, { ns: 'tables' })
        ? `${before}${t(`field.${field as 'text'}`)} = `
        : whole,
    );
}
