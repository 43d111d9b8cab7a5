import { Button, Drawer, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../core/domain/source.ts';
import { useInvoke } from '../../api/hooks.ts';
import { Deferred } from '../../components/deferred.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { localZone } from '../../components/format.ts';
import { Loading } from '../../components/loading.tsx';
import { AuthorityPicker } from './authority-picker.tsx';
import { type Asked, defaultChoice, type FileChoice, isReady, toImportFile } from './choice.ts';
import { FileCard } from './file-card.tsx';
import { FileFrame } from './file-frame.tsx';
import classes from './imports.module.css';
import { stage, useStaged } from './stage.ts';
import { useImport } from './use-import.ts';

const nameOf = (path: string) => path.split(/[\\/]/).pop() ?? path;

/** What lies in the dropped files, before anything is kept: formats, conversations, zone, authority. */
export function ImportDrawer() {
  const { t } = useTranslation('imports');
  const paths = useStaged();
  return (
    <Drawer
      opened={paths.length > 0}
      onClose={stage.clear}
      size={720}
      title={t('preview.title', { count: paths.length })}
    >
      {paths.length > 0 ? <StagedFiles paths={paths} /> : null}
    </Drawer>
  );
}

function StagedFiles({ paths }: { paths: readonly string[] }) {
  const { t } = useTranslation('imports');
  const invoke = useInvoke();
  const { start } = useImport();
  const [choices, setChoices] = useState<Record<string, FileChoice>>({});
  const [asked, setAsked] = useState<Record<string, Asked>>({});
  const [authorityId, setAuthority] = useState<string | null>(null);
  // One question per path, so that a file that cannot be read stops no other.
  const queries = useQueries({
    queries: paths.map((path) => ({
      queryKey: ['sources.inspect', { paths: [path], ...asked[path] }],
      queryFn: () => invoke('sources.inspect', { paths: [path], ...asked[path] }),
      gcTime: 0,
    })),
  });
  const found = queries.flatMap((query) => query.data ?? []);
  const choiceOf = (inspection: Inspection) =>
    choices[inspection.path] ?? defaultChoice(inspection, localZone());
  const ready = found.filter((inspection) => isReady(inspection, choiceOf(inspection)));
  const pending = queries.some((query) => query.isPending);
  const begin = () => {
    const files = ready.map((inspection) =>
      toImportFile(inspection, choiceOf(inspection), asked[inspection.path] ?? {}),
    );
    const subject =
      files.length === 1 ? nameOf(files[0]?.path ?? '') : t('preview.files', { count: files.length });
    start(files, authorityId, subject);
    stage.clear();
  };
  const idle = pending || ready.length === 0;
  // From any field of the drawer: its button is some twenty stops of the Tab key away.
  useHotkeys([['mod+Enter', () => idle || begin()]], []);
  return (
    <Stack gap="md">
      {queries.map((query, index) => {
        const path = paths[index] ?? '';
        if (query.isPending)
          return (
            <FileFrame key={path} name={nameOf(path)} onRemove={() => stage.remove(path)}>
              <Loading lines={3} />
            </FileFrame>
          );
        if (query.error)
          return (
            <FileFrame key={path} name={nameOf(path)} onRemove={() => stage.remove(path)}>
              <FailureView error={query.error} onRetry={() => void query.refetch()} />
            </FileFrame>
          );
        return query.data.map((inspection) => (
          <FileCard
            key={inspection.path}
            inspection={inspection}
            asked={asked[path] ?? {}}
            choice={choiceOf(inspection)}
            onAsk={(next) => {
              // Another reading has other conversations: what was ticked under the old one says nothing.
              const { [path]: _, ...others } = choices;
              setChoices(others);
              setAsked({ ...asked, [path]: next });
            }}
            onChoice={(choice) => setChoices({ ...choices, [inspection.path]: choice })}
            onRemove={() => stage.remove(path)}
          />
        ));
      })}
      <Deferred>
        <AuthorityPicker value={authorityId} onChange={setAuthority} />
      </Deferred>
      <div className={classes.foot}>
        <Text c="dimmed">
          {pending ? t('preview.reading') : t('preview.ready', { count: ready.length, total: found.length })}
        </Text>
        <Button
          size="sm"
          disabled={idle}
          title="Ctrl+Enter"
          aria-keyshortcuts="Control+Enter"
          onClick={begin}
        >
          {t('preview.import', { count: ready.length })}
        </Button>
      </div>
    </Stack>
  );
}
