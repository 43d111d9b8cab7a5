import { Center, Container } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useCall } from '../api/hooks.ts';
import { FailureView } from '../components/failure-view.tsx';
import { Loading } from '../components/loading.tsx';
import { CreateWorkspace } from '../features/start/create-workspace.tsx';
import { Unlock } from '../features/start/unlock.tsx';
import { Shell } from './shell.tsx';

/** Shows the screens only while a workspace is open; before that, how to get one open. */
export function Gate() {
  // While a recovery key or the sample's passphrases are on screen, an open workspace has to wait.
  const [held, hold] = useState(false);
  const status = useCall('workspace.status', {});
  const isOpen = status.data?.state === 'open';
  useEffect(() => {
    if (isOpen) return;
    // Notices and dialogs speak of the workspace too.
    notifications.clean();
    modals.closeAll();
  }, [isOpen]);
  if (status.isPending)
    return (
      <Center h="100%">
        <Container size="xs" w={360}>
          <Loading lines={3} />
        </Container>
      </Center>
    );
  if (status.error)
    return (
      <Center h="100%">
        <Container size="sm">
          <FailureView error={status.error} onRetry={() => void status.refetch()} />
        </Container>
      </Center>
    );
  const { state, workspaceId, officer } = status.data;
  if (state === 'missing' || held) return <CreateWorkspace status={status.data} hold={hold} />;
  if (state === 'locked') return <Unlock status={status.data} />;
  // The key makes every screen forget what it held when the workspace or the officer changes.
  return (
    <Shell key={`${workspaceId} ${officer?.id}`} status={status.data}>
      <Outlet />
    </Shell>
  );
}
