/** The screens in the order of the straight line. A feature adds its entry here. */

import {
  type Icon,
  IconArrowsDiff,
  IconBook2,
  IconCalendarDue,
  IconClipboardList,
  IconEyeCheck,
  IconFileImport,
  IconFlag,
  IconFolders,
  IconGauge,
  IconGavel,
  IconHammer,
  IconHourglass,
  IconInbox,
  IconLink,
  IconListDetails,
  IconListSearch,
  IconMessages,
  IconRadar2,
  IconScale,
  IconSettings,
  IconTransfer,
  IconUsers,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';

export type NavLabel =
  | 'dashboard'
  | 'imports'
  | 'messages'
  | 'accounts'
  | 'reconciliation'
  | 'links'
  | 'lists'
  | 'review'
  | 'cases'
  | 'duties'
  | 'houseRules'
  | 'leads'
  | 'secondReview'
  | 'measures'
  | 'campaigns'
  | 'rules'
  | 'law'
  | 'detection'
  | 'audit'
  | 'transfers'
  | 'retention'
  | 'settings';

export interface NavEntry {
  to: NonNullable<LinkProps['to']>;
  /** Key under `common:nav`. */
  label: NavLabel;
  icon: Icon;
  group: 'work' | 'material' | 'control';
}

export const NAVIGATION: readonly NavEntry[] = [
  { to: '/', label: 'dashboard', icon: IconGauge, group: 'work' },
  { to: '/review', label: 'review', icon: IconGavel, group: 'work' },
  { to: '/second-review', label: 'secondReview', icon: IconEyeCheck, group: 'work' },
  { to: '/leads', label: 'leads', icon: IconInbox, group: 'work' },
  { to: '/cases', label: 'cases', icon: IconFolders, group: 'work' },
  { to: '/measures', label: 'measures', icon: IconHammer, group: 'work' },
  { to: '/duties', label: 'duties', icon: IconCalendarDue, group: 'work' },
  { to: '/imports', label: 'imports', icon: IconFileImport, group: 'material' },
  { to: '/messages', label: 'messages', icon: IconMessages, group: 'material' },
  { to: '/accounts', label: 'accounts', icon: IconUsers, group: 'material' },
  { to: '/lists', label: 'lists', icon: IconListDetails, group: 'material' },
  { to: '/links', label: 'links', icon: IconLink, group: 'material' },
  { to: '/reconciliation', label: 'reconciliation', icon: IconArrowsDiff, group: 'material' },
  { to: '/campaigns', label: 'campaigns', icon: IconFlag, group: 'control' },
  { to: '/house-rules', label: 'houseRules', icon: IconBook2, group: 'control' },
  { to: '/rules', label: 'rules', icon: IconListSearch, group: 'control' },
  { to: '/law', label: 'law', icon: IconScale, group: 'control' },
  { to: '/detection', label: 'detection', icon: IconRadar2, group: 'control' },
  { to: '/transfers', label: 'transfers', icon: IconTransfer, group: 'control' },
  { to: '/retention', label: 'retention', icon: IconHourglass, group: 'control' },
  { to: '/audit', label: 'audit', icon: IconClipboardList, group: 'control' },
  { to: '/settings', label: 'settings', icon: IconSettings, group: 'control' },
];
