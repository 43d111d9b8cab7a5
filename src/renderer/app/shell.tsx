import { ActionIcon, AppShell, Button, Group, Kbd, Menu, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import {
  IconChevronDown,
  IconFlask,
  IconKeyboard,
  IconLayoutSidebar,
  IconLock,
  IconLogout,
  IconSearch,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceStatus } from '../../core/domain/workspace.ts';
import { useCommand } from '../api/hooks.ts';
import { applyStatus } from '../api/query-client.ts';
import { FileDrop } from '../components/file-drop.tsx';
import { localZone, offsetAt } from '../components/format.ts';
import { useNotify } from '../components/notify.tsx';
import { useShortcutSheet } from '../components/shortcuts.tsx';
import { useWords } from '../components/words.ts';
import { ImportDrawer } from '../features/imports/import-drawer.tsx';
import { stage } from '../features/imports/stage.ts';
import { JobsTray } from './jobs-tray.tsx';
import { NavList } from './nav-list.tsx';
import { usePalette } from './palette.tsx';
import { ReminderBell } from './reminder-bell.tsx';
import classes from './shell.module.css';
import { useBackForward } from './use-back-forward.ts';
import { useWindowTitle } from './use-window-title.ts';

interface ShellProps {
  status: WorkspaceStatus;
  children: ReactNode;
}

/** Head, navigation, screen and foot of an open workspace. */
export function Shell({ status, children }: ShellProps) {
  const { t } = useTranslation();
  const shortcuts = useShortcutSheet();
  useBackForward();
  useWindowTitle(status);
  const lock = useLeave('workspace.lock');
  const palette = usePalette({ lock: lock.run, shortcuts: shortcuts.open });
  // In a small window the names give their room to the work, until the officer says otherwise.
  const small = useMediaQuery('(max-width: 1100px)', false, { getInitialValueInEffect: false });
  const [chosen, setNarrow] = useLocalStorage<boolean | null>({
    key: 'docket.nav.chosen',
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const narrow = chosen ?? small;
  return (
    <AppShell
      header={{ height: status.sample ? 76 : 44 }}
      footer={{ height: 26 }}
      navbar={{ width: narrow ? 52 : 184, breakpoint: 0 }}
      padding={0}
    >
      <AppShell.Header className={classes.header}>
        {status.sample ? <SampleBanner /> : null}
        <Group h={44} px="sm" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Tooltip label={t(narrow ? 'nav.expand' : 'nav.collapse')}>
              <ActionIcon
                aria-label={t(narrow ? 'nav.expand' : 'nav.collapse')}
                aria-expanded={!narrow}
                onClick={() => setNarrow(!narrow)}
              >
                <IconLayoutSidebar size={18} />
              </ActionIcon>
            </Tooltip>
            <Text fw={600} size="md">
              {t('product')}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <UnstyledButton className={classes.find} aria-label={t('palette.open')} onClick={palette.open}>
              <IconSearch size={15} />
              <span>{t('palette.short')}</span>
              <Kbd size="xs">Ctrl K</Kbd>
            </UnstyledButton>
            <JobsTray />
            <ReminderBell />
            <Tooltip label={t('shortcuts.open')}>
              <ActionIcon aria-label={t('shortcuts.open')} onClick={shortcuts.open}>
                <IconKeyboard size={18} />
              </ActionIcon>
            </Tooltip>
            <OfficerMenu status={status} />
          </Group>
        </Group>
      </AppShell.Header>
      {/* The list in it is the navigation, and has a name. */}
      <AppShell.Navbar className={classes.navbar} p={6} renderRoot={(props) => <div {...props} />}>
        <NavList narrow={narrow} />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main}>{children}</AppShell.Main>
      <AppShell.Footer className={classes.footer}>
        <StatusLine status={status} />
      </AppShell.Footer>
      {shortcuts.sheet}
      {palette.palette}
      <ImportDrawer />
      <FileDrop onPaths={stage.add} />
    </AppShell>
  );
}

function StatusLine({ status }: { status: WorkspaceStatus }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Group gap="lg" px="sm" h="100%" wrap="nowrap">
      {status.profile ? <span>{words.of('profile', status.profile)}</span> : null}
      {status.prefix ? <span>{t('status.prefix', { prefix: status.prefix })}</span> : null}
      {status.auditHead ? (
        <Tooltip label={status.auditHead.hash} maw={560}>
          <span>{t('status.auditHead', { sequence: status.auditHead.sequence })}</span>
        </Tooltip>
      ) : null}
      <span className={classes.zone}>
        {t('time.zone', { zone: localZone(), offset: offsetAt(Date.now()) })}
      </span>
    </Group>
  );
}

function SampleBanner() {
  const { t } = useTranslation();
  const leave = useLeave('workspace.leaveSample');
  return (
    <Group className={classes.sample} h={32} px="sm" gap="sm" wrap="nowrap" role="status">
      <IconFlask size={16} />
      <Text size="sm" truncate>
        {t('sample.banner')}
      </Text>
      <Button
        size="compact-xs"
        variant="white"
        color="dark"
        leftSection={<IconLogout size={13} />}
        loading={leave.isPending}
        onClick={() => leave.run()}
      >
        {t('sample.leave')}
      </Button>
    </Group>
  );
}

/** Locks or leaves: the answer is the new status, and the place starts over. */
function useLeave(method: 'workspace.lock' | 'workspace.leaveSample') {
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const command = useCommand(method);
  return {
    isPending: command.isPending,
    run: () =>
      command.mutate(
        {},
        {
          onSuccess: (status) => {
            void navigate({ to: '/' });
            applyStatus(client, status);
          },
          onError: notify.failed,
        },
      ),
  };
}

function OfficerMenu({ status }: { status: WorkspaceStatus }) {
  const { t } = useTranslation();
  const words = useWords();
  const lock = useLeave('workspace.lock');
  if (!status.officer) return null;
  return (
    <Menu>
      <Menu.Target>
        <UnstyledButton className={classes.officer}>
          <Text span fw={500}>
            {status.officer.name}
          </Text>
          <Text span c="dimmed" size="xs">
            {words.of('role', status.officer.role)}
          </Text>
          <IconChevronDown size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLock size={16} />} onClick={lock.run} disabled={lock.isPending}>
          {t('action.lock')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
