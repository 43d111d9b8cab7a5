import {
  type Icon,
  IconFileImport,
  IconFolders,
  IconGavel,
  IconKeyboard,
  IconLock,
  IconMessageCircle,
  IconMessages,
  IconRadar2,
  IconUser,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall } from '../api/hooks.ts';
import { useNative } from '../api/native.ts';
import { useNotify } from '../components/notify.tsx';
import { useDetection } from '../components/use-detection.ts';
import { stage } from '../features/imports/stage.ts';
import { NAVIGATION } from './navigation.ts';

/** Something the palette leads to or does. */
export interface PaletteEntry {
  id: string;
  group: 'screen' | 'action' | 'case' | 'account' | 'conversation' | 'search';
  icon: Icon;
  label: string;
  /** What tells it from others of its name. */
  note?: string;
  run: () => void;
}

/** Rows of each kind of record; whoever wants more opens its screen. */
const OFFERED = 5;

const holds = (label: string, typed: string) => label.toLowerCase().includes(typed.toLowerCase());

interface Own {
  lock: () => void;
  shortcuts: () => void;
}

/** What fits the typed words: screens and actions by their name, then records that the host finds. */
export function usePaletteEntries(typed: string, own: Own): PaletteEntry[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const native = useNative();
  const notify = useNotify();
  const detect = useDetection();
  const text = typed.trim();
  const asked = { enabled: text !== '', keep: true } as const;
  const cases = useCall('cases.list', { text, limit: OFFERED }, asked);
  const accounts = useCall('accounts.list', { text, limit: OFFERED }, asked);
  const conversations = useCall('conversations.list', { text, limit: OFFERED }, asked);

  const screens = NAVIGATION.map(
    ({ to, label, icon }): PaletteEntry => ({
      id: `screen ${label}`,
      group: 'screen',
      icon,
      label: t(`nav.${label}`),
      run: () => void navigate({ to }),
    }),
  );
  const actions: PaletteEntry[] = [
    {
      id: 'action import',
      group: 'action',
      icon: IconFileImport,
      label: t('palette.import'),
      run: () =>
        void native.openFiles({ folder: false }).then((paths) => paths && stage.add(paths), notify.failed),
    },
    { id: 'action detect', group: 'action', icon: IconRadar2, label: t('palette.detect'), run: detect },
    {
      id: 'action keys',
      group: 'action',
      icon: IconKeyboard,
      label: t('shortcuts.open'),
      run: own.shortcuts,
    },
    { id: 'action lock', group: 'action', icon: IconLock, label: t('action.lock'), run: own.lock },
  ];
  if (text === '') return [...screens, ...actions];
  return [
    ...[...screens, ...actions].filter((entry) => holds(entry.label, text)),
    ...(cases.data?.rows ?? []).map(
      (row): PaletteEntry => ({
        id: `case ${row.id}`,
        group: 'case',
        icon: IconFolders,
        label: row.title,
        note: row.number,
        run: () => void navigate({ to: '/cases/$caseId', params: { caseId: row.id } }),
      }),
    ),
    ...(accounts.data?.rows ?? []).map(
      (row): PaletteEntry => ({
        id: `account ${row.id}`,
        group: 'account',
        icon: IconUser,
        label: row.name ?? row.platformId ?? t('state.unnamed'),
        ...(row.name && row.platformId ? { note: row.platformId } : {}),
        run: () => void navigate({ to: '/accounts', search: { text, account: row.id } }),
      }),
    ),
    ...(conversations.data?.rows ?? []).map(
      (row): PaletteEntry => ({
        id: `conversation ${row.id}`,
        group: 'conversation',
        icon: IconMessageCircle,
        label: row.name ?? row.platformId ?? t('state.unnamed'),
        run: () => void navigate({ to: '/messages', search: { conversationId: row.id } }),
      }),
    ),
    {
      id: 'search messages',
      group: 'search',
      icon: IconMessages,
      label: t('palette.messages', { text }),
      run: () => void navigate({ to: '/messages', search: { text } }),
    },
    {
      id: 'search hits',
      group: 'search',
      icon: IconGavel,
      label: t('palette.hits', { text }),
      run: () => void navigate({ to: '/review', search: { text } }),
    },
  ];
}
