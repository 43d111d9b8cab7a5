import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall } from '../api/hooks.ts';

/** How much falls due within a week, in every screen's head; the dashboard lists it. */
export function ReminderBell() {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const { data = [] } = useCall('reminders.list', {});
  const overdue = data.filter((one) => one.overdue).length;
  const label = t('reminder.count', { count: data.length, overdue });
  return (
    <Tooltip label={label}>
      <Indicator
        disabled={data.length === 0}
        label={data.length > 99 ? '99+' : data.length}
        size={15}
        color={overdue > 0 ? 'red' : 'gray'}
      >
        <ActionIcon aria-label={label} onClick={() => void navigate({ to: '/' })}>
          <IconBell size={18} />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}
