import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../core/domain/source.ts';
import { useWords } from '../../components/words.ts';
import classes from './imports.module.css';
import { WrittenTime } from './written-time.tsx';

/** The first messages as they would be kept. */
export function MessagePreview({ rows }: { rows: Inspection['preview'] }) {
  const { t } = useTranslation(['imports', 'common']);
  const words = useWords();
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
            {row.text || (
              <Text span c="dimmed">
                {words.of('messageKind', row.kind)}
              </Text>
            )}
          </p>
        ))}
      </div>
    </div>
  );
}
