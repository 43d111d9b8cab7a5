import { Center, Container } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { useCall } from '../api/hooks.ts';
import { FailureView } from '../components/failure-view.tsx';
import { Loading } from '../components/loading.tsx';
import { CreateWorkspace } from '../features/start/create-workspace.tsx';
import { Unlock } from '../features/start/unlock.tsx';
import { Shell } from './shell.tsx';

/** Shows the screens only while a workspace is open; before that, how to get one open. */
export function Gate() {
  const status = useCall('workspace.status', {});
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
  if (state === 'missing') return <CreateWorkspace status={status.data} />;
  if (state === 'locked') return <Unlock status={status.data} />;
  // The key makes every screen forget what it held when the workspace or the officer changes.
  return (
    <Shell key={`${workspaceId} ${officer?.id}`} status={status.data}>
      <Outlet />
    </Shell>
  );
}
