import { ActionIcon, Alert, Group, Select, Stack, Text, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../core/domain/source.ts';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useWords } from '../../components/words.ts';
import { ZoneSelect } from '../../components/zone-select.tsx';
import type { FileChoice } from './choice.ts';
import { ConversationTicks } from './conversation-ticks.tsx';
import classes from './imports.module.css';
import { stage } from './stage.ts';

interface FileFrameProps {
  name: string;
  facts?: string;
  onRemove: () => void;
  children: ReactNode;
}

export function FileFrame({ name, facts, onRemove, children }: FileFrameProps) {
  const { t } = useTranslation('imports');
  return (
    <section className={classes.file} aria-label={name}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <div style={{ minWidth: 0 }}>
          <Text fw={600} truncate title={name}>
            {name}
          </Text>
          {facts ? (
            <Text size="xs" c="dimmed">
              {facts}
            </Text>
          ) : null}
        </div>
        <Tooltip label={t('preview.remove')}>
          <ActionIcon aria-label={`${t('preview.remove')} ${name}`} onClick={onRemove}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {children}
    </section>
  );
}

interface FileCardProps {
  inspection: Inspection;
  choice: FileChoice;
  onChoice: (choice: FileChoice) => void;
  onRemove: () => void;
}

/** One inspected file with what the officer decides about it. */
export function FileCard({ inspection, choice, onChoice, onRemove }: FileCardProps) {
  const { t } = useTranslation('imports');
  const words = useWords();
  const format = useFormat();
  const { candidates } = inspection;
  const facts = `${format.bytes(inspection.bytes)} · ${inspection.encoding}`;
  if (candidates.length === 0)
    return (
      <FileFrame name={inspection.file} facts={facts} onRemove={onRemove}>
        <Alert color="red" variant="light" title={t('preview.unknown')}>
          {t('preview.unknownHelp')}
        </Alert>
      </FileFrame>
    );
  const asInspected = choice.format === candidates[0]?.format;
  return (
    <FileFrame name={inspection.file} facts={facts} onRemove={onRemove}>
      <Stack gap="sm">
        {inspection.alreadyImported ? (
          <Alert color="yellow" variant="light" title={t('preview.again')}>
            <Text>
              {t('preview.againHelp')}{' '}
              <ScreenLink to="/imports" search={{ source: inspection.alreadyImported }} onClick={stage.clear}>
                {t('preview.openSource')}
              </ScreenLink>
            </Text>
          </Alert>
        ) : null}
        <Group grow align="flex-start">
          <Select
            label={t('column.format')}
            description={t('preview.formatHelp')}
            allowDeselect={false}
            value={choice.format}
            data={candidates.map((candidate) => ({
              value: candidate.format,
              label: `${words.text(candidate.title)} (${format.percent(candidate.confidence)})`,
            }))}
            onChange={(next) => next && onChoice({ ...choice, format: next })}
          />
          {inspection.needsZone ? (
            <ZoneSelect
              label={t('fact.zone')}
              description={t('preview.zoneHelp')}
              value={choice.zone}
              onChange={(zone) => onChoice({ ...choice, zone })}
            />
          ) : null}
        </Group>
        {asInspected ? (
          <>
            {choice.conversations ? (
              <ConversationTicks
                conversations={inspection.conversations}
                ticked={choice.conversations}
                onChange={(conversations) => onChoice({ ...choice, conversations })}
              />
            ) : null}
            {inspection.preview.length > 0 ? <Preview rows={inspection.preview} /> : null}
          </>
        ) : (
          <Text size="xs" c="dimmed">
            {t('preview.otherFormat')}
          </Text>
        )}
      </Stack>
    </FileFrame>
  );
}

function Preview({ rows }: { rows: Inspection['preview'] }) {
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
