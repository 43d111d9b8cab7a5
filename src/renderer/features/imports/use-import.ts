import { modals } from '@mantine/modals';
import { useNavigate } from '@tanstack/react-router';
import { createElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportFile, ImportOutcome, Source } from '../../../core/domain/source.ts';
import { useRunJob } from '../../api/use-job.ts';
import { useNotify } from '../../components/notify.tsx';
import { RefusedFiles } from './refused-files.tsx';

/** Imports and resumes, as jobs; says what came of them, and names every file that was refused. */
export function useImport() {
  const { t } = useTranslation('imports');
  const run = useRunJob();
  const notify = useNotify();
  const navigate = useNavigate();
  const begin = (files: ImportFile[], authorityId: string | null, subject: string, minimumKept?: number) => {
    run(
      'sources.import',
      { files, authorityId, ...(minimumKept === undefined ? {} : { minimumKept }) },
      { kind: 'import', subject },
    ).then(
      (outcome) =>
        tell(outcome, (paths) => {
          const again = files.filter((file) => paths.includes(file.path));
          begin(again, authorityId, subject, 0);
        }),
      notify.failed,
    );
  };
  const tell = (outcome: ImportOutcome, keepAnyway?: (paths: string[]) => void) => {
    const messages = outcome.sources.reduce((sum, source) => sum + source.messages, 0);
    const skipped = outcome.sources.reduce((sum, source) => sum + source.skipped, 0);
    const only = outcome.sources.length === 1 ? outcome.sources[0] : undefined;
    const already = outcome.already.length;
    const nothingNew = already > 0 && already === outcome.sources.length && !outcome.cancelled;
    if (outcome.sources.length > 0)
      notify.done({
        title: nothingNew
          ? t('done.nothing')
          : t(outcome.cancelled ? 'done.cancelled' : 'done.title', { count: outcome.sources.length }),
        message: [
          ...(nothingNew ? [] : [t('done.message', { count: messages, skipped })]),
          ...(already > 0 ? [t('done.already', { count: already })] : []),
        ].join(' · '),
        action: {
          label: t(only ? 'done.openSource' : 'done.openMessages'),
          run: () =>
            void (only
              ? navigate({ to: '/imports', search: { source: only.id } })
              : navigate({ to: '/messages' })),
        },
      });
    if (outcome.refused.length > 0) {
      const id = modals.open({
        title: t('refused.title', { count: outcome.refused.length }),
        size: 'lg',
        children: createElement(RefusedFiles, {
          refused: outcome.refused,
          onKeepAnyway: keepAnyway
            ? (path: string) => {
                modals.close(id);
                keepAnyway([path]);
              }
            : null,
        }),
      });
    }
  };
  return {
    start: (files: ImportFile[], authorityId: string | null, subject: string) =>
      begin(files, authorityId, subject),
    resume: (source: Source) => {
      run('sources.resume', { sourceId: source.id }, { kind: 'import', subject: source.file }).then(
        (outcome) => tell(outcome),
        notify.failed,
      );
    },
  };
}
