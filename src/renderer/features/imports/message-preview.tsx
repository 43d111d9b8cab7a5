import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../core/domain/source.ts';
import { useFormat } from '../../components/format.ts';
import classes from './imports.module.css';

/** The first messages as they would be kept. */
export function MessagePreview({ rows }: { rows: Inspection['preview'] }) {
  const { t } = useTranslation(['imports', 'common']);
  return (
    <div>
      <Text fw={500} mb={4}>
        {t('preview.first')}
      </Text>
      <div className={classes.preview}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview have no id and never move
          <p key={index}>
            <Text span size="xs" c="dimmed">
              <WrittenTime text={row.sentAtText} /> · {row.sender ?? t('common:chat.system')}
            </Text>
            <br />
            {row.text}
          </p>
        ))}
      </div>
    </div>
  );
}

/** Seconds or milliseconds since 1970, as some exports write a time. */
const EPOCH = /^(\d{10})(\d{3})?$/;

/** A time of the export; where it is a bare number, what it means stands in its place. */
function WrittenTime({ text }: { text: string }) {
  const format = useFormat();
  const parts = EPOCH.exec(text);
  if (!parts) return text;
  const instant = Number(parts[1]) * 1000 + Number(parts[2] ?? 0);
  return <span title={text}>{format.dateTime(instant)}</span>;
}
