import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconTableColumn } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../core/domain/source.ts';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useWords } from '../../components/words.ts';
import { ZoneSelect } from '../../components/zone-select.tsx';
import { BundleContents } from './bundle-contents.tsx';
import type { Asked, FileChoice } from './choice.ts';
import { ConversationTicks } from './conversation-ticks.tsx';
import { FileFrame } from './file-frame.tsx';
import { ListPreview } from './list-preview.tsx';
import { MessagePreview } from './message-preview.tsx';
import { stage } from './stage.ts';
import { TableWizard } from './table-wizard.tsx';

interface FileCardProps {
  inspection: Inspection;
  asked: Asked;
  choice: FileChoice;
  /** Looks at the file anew, in another format or under a mapping. */
  onAsk: (asked: Asked) => void;
  onChoice: (choice: FileChoice) => void;
  onRemove: () => void;
}

/** One inspected file, folder or archive with what the officer decides about it. */
export function FileCard(props: FileCardProps) {
  const { inspection, asked, choice, onAsk, onChoice, onRemove } = props;
  const { t } = useTranslation(['imports', 'tables']);
  const format = useFormat();
  const [describing, setDescribing] = useState(false);
  const { bundle, conversations } = inspection;
  const facts = [
    format.bytes(inspection.bytes),
    bundle ? t(`tables:bundle.${bundle.kind}`) : inspection.encoding,
  ];
  return (
    <FileFrame name={inspection.file} facts={facts.filter(Boolean).join(' · ')} onRemove={onRemove}>
      <Stack gap="sm">
        {inspection.alreadyImported ? <ImportedBefore sourceId={inspection.alreadyImported} /> : null}
        {!bundle && inspection.candidates.length === 0 ? (
          <Alert color={inspection.isTable ? 'yellow' : 'red'} variant="light" title={t('preview.unknown')}>
            {t(inspection.isTable ? 'tables:unknownTable' : 'preview.unknownHelp')}
          </Alert>
        ) : null}
        <Group grow align="flex-start">
          {inspection.candidates.length > 0 ? <FormatSelect {...props} /> : null}
          {inspection.needsZone ? (
            <ZoneSelect
              label={t('fact.zone')}
              description={t('preview.zoneHelp')}
              value={choice.zone}
              onChange={(zone) => onChoice({ ...choice, zone })}
            />
          ) : null}
        </Group>
        {inspection.isTable ? (
          <Group>
            <Button
              variant={inspection.format === null ? 'filled' : 'default'}
              leftSection={<IconTableColumn size={15} />}
              onClick={() => setDescribing(true)}
            >
              {t('tables:describe')}
            </Button>
          </Group>
        ) : null}
        {bundle ? (
          <BundleContents
            bundle={bundle}
            ticked={choice.members ?? []}
            onChange={(members) => onChoice({ ...choice, members })}
          />
        ) : null}
        {inspection.listName !== null ? (
          <ListPreview
            name={inspection.listName}
            lists={inspection.lists}
            onName={(list) => onAsk({ ...asked, list })}
          />
        ) : null}
        {choice.conversations ? (
          <ConversationTicks
            conversations={conversations}
            ticked={choice.conversations}
            onChange={(keys) => onChoice({ ...choice, conversations: keys })}
          />
        ) : null}
        {inspection.preview.length > 0 ? <MessagePreview rows={inspection.preview} /> : null}
      </Stack>
      {describing ? (
        <TableWizard
          path={inspection.path}
          initial={asked.mapping ?? null}
          onClose={() => setDescribing(false)}
          onUse={(next) => {
            setDescribing(false);
            onAsk(next);
          }}
        />
      ) : null}
    </FileFrame>
  );
}

function ImportedBefore({ sourceId }: { sourceId: string }) {
  const { t } = useTranslation('imports');
  return (
    <Alert color="yellow" variant="light" title={t('preview.again')}>
      <Text>
        {t('preview.againHelp')}{' '}
        <ScreenLink to="/imports" search={{ source: sourceId }} onClick={stage.clear}>
          {t('preview.openSource')}
        </ScreenLink>
      </Text>
    </Alert>
  );
}

function FormatSelect({ inspection, asked, onAsk }: FileCardProps) {
  const { t } = useTranslation('imports');
  const words = useWords();
  const format = useFormat();
  return (
    <Select
      label={t('column.format')}
      description={t('preview.formatHelp')}
      allowDeselect={false}
      value={inspection.format}
      data={inspection.candidates.map((candidate) => ({
        value: candidate.format,
        label: `${words.text(candidate.title)} (${format.percent(candidate.confidence)})`,
      }))}
      onChange={(next) => next && onAsk({ format: next, ...(asked.list ? { list: asked.list } : {}) })}
    />
  );
}
