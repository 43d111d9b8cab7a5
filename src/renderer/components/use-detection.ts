import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRunJob } from '../api/use-job.ts';
import { useNotify } from './notify.tsx';

/** Runs the enabled packs over the workspace and says what was found. */
export function useDetection(): () => void {
  const { t } = useTranslation('detection');
  const run = useRunJob();
  const notify = useNotify();
  const navigate = useNavigate();
  return () => {
    run('detection.start', {}, { kind: 'detection', subject: '' }).then(
      (result) =>
        notify.done({
          title: t(result.state === 'cancelled' ? 'done.cancelled' : 'done.title'),
          message: t('done.message', { count: result.hits, added: result.added, messages: result.messages }),
          action: {
            label: t('done.review'),
            run: () => void navigate({ to: '/review', search: { status: 'hit', disposition: 'open' } }),
          },
        }),
      notify.failed,
    );
  };
}
