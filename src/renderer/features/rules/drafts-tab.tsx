import { Badge, Button, Group, NavLink, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconFilePencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useInvoke } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import { DraftEditor } from './draft-editor.tsx';
import { newPack, nextVersion, readPack, writePack } from './draft-json.ts';
import classes from './rules.module.css';

/** Drafts at the left, the open one at the right. */
export function DraftsTab({ pack }: { pack: string | undefined }) {
  const { t } = useTranslation('rules');
  const drafts = useCall('rules.drafts', {});
  const [open, setOpen] = useState<string | null>(pack ?? null);
  const [fresh, setFresh] = useState<string | null>(null);
  if (drafts.error) return <FailureView error={drafts.error} onRetry={() => void drafts.refetch()} />;
  if (!drafts.data) return <Loading lines={6} height={40} />;
  const draft = drafts.data.find(({ pack }) => pack === open) ?? (fresh ? null : drafts.data[0]) ?? null;
  return (
    <div className={classes.drafts}>
      <Stack gap="sm">
        <NewDraft
          onText={(text) => {
            setOpen(null);
            setFresh(text);
          }}
        />
        <nav aria-label={t('draft.list')}>
          {drafts.data.map((one) => (
            <NavLink
              key={one.pack}
              component="button"
              active={draft?.pack === one.pack}
              label={one.pack}
              description={one.version ?? ''}
              rightSection={
                <Badge color={one.sha256 === null ? 'red' : one.backtest ? 'teal' : 'gray'}>
                  {t(
                    one.sha256 === null
                      ? 'draft.hasProblems'
                      : one.backtest
                        ? 'draft.tested'
                        : 'draft.untested',
                  )}
                </Badge>
              }
              onClick={() => {
                setFresh(null);
                setOpen(one.pack);
              }}
            />
          ))}
        </nav>
      </Stack>
      <div>
        {draft || fresh ? (
          <DraftEditor
            key={draft?.pack ?? fresh}
            draft={draft}
            text={draft?.text ?? fresh ?? ''}
            onSaved={(saved) => {
              setFresh(null);
              setOpen(saved.pack);
            }}
            onGone={() => {
              setFresh(null);
              setOpen(null);
            }}
          />
        ) : (
          <Empty icon={IconFilePencil} title={t('draft.empty')} description={t('draft.emptyHelp')} />
        )}
      </div>
    </div>
  );
}

/** Begins a draft, empty or from a version in force. */
function NewDraft({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const notify = useNotify();
  const invoke = useInvoke();
  const packs = useCall('rules.packs', {});
  const [id, setId] = useState('');
  const begin = (pack: string) => {
    const version = packs.data?.find((one) => one.id === pack)?.version ?? '';
    invoke('rules.source', { pack, version }).then(({ text }) => {
      const source = readPack(text);
      if (source) onText(writePack({ ...source, version: nextVersion(version) }));
    }, notify.failed);
  };
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {t('draft.beginHelp')}
      </Text>
      <Select
        aria-label={t('draft.from')}
        placeholder={t('draft.from')}
        value={null}
        data={(packs.data ?? []).map((pack) => ({
          value: pack.id,
          label: `${words.text(pack.title)} ${pack.version}`,
        }))}
        onChange={(pack) => pack && begin(pack)}
      />
      <Group gap="xs" wrap="nowrap">
        <TextInput
          aria-label={t('draft.newId')}
          placeholder={t('draft.newId')}
          value={id}
          onChange={(event) => setId(event.currentTarget.value.replace(/\s+/g, '-'))}
        />
        <Button
          variant="default"
          aria-label={t('draft.new')}
          disabled={id === ''}
          onClick={() => {
            onText(writePack(newPack(id)));
            setId('');
          }}
        >
          <IconPlus size={15} />
        </Button>
      </Group>
    </Stack>
  );
}
