import { ActionIcon, Group, Title, Tooltip } from '@mantine/core';
import { useHotkeys, useLocalStorage } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { type PointerEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Deferred } from './deferred.tsx';
import classes from './side-panel.module.css';

/** A table and, beside it, the details of its open row. */
export function Split({ children, panel }: { children: ReactNode; panel: ReactNode }) {
  return (
    <div className={classes.split}>
      <div className={classes.main}>{children}</div>
      {panel}
    </div>
  );
}

interface SidePanelProps {
  title: ReactNode;
  onClose: () => void;
  actions?: ReactNode;
  /** Width at first, pixels; the officer's own is kept. */
  width?: number;
  /** Names the panel where its width is kept. */
  name?: string;
  children: ReactNode;
}

const MIN_WIDTH = 320;
const MAX_WIDTH = 960;

/** Details beside a table. Esc closes it, its left edge resizes it. */
export function SidePanel({
  title,
  onClose,
  actions,
  width = 440,
  name = 'panel',
  children,
}: SidePanelProps) {
  const { t } = useTranslation();
  const [kept, setKept] = useLocalStorage({
    key: `docket.panel.${name}`,
    defaultValue: width,
    getInitialValueInEffect: false,
  });
  const drag = useRef<{ x: number; width: number } | null>(null);
  useHotkeys([['Escape', onClose]]);
  const move = (event: PointerEvent) => {
    if (!drag.current) return;
    const next = drag.current.width + drag.current.x - event.clientX;
    setKept(Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, next))));
  };
  return (
    <aside className={classes.panel} style={{ '--panel-width': `${kept}px` } as React.CSSProperties}>
      <div
        className={classes.edge}
        aria-hidden
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, width: kept };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={move}
        onPointerUp={() => {
          drag.current = null;
        }}
      />
      <header className={classes.head}>
        <Title order={2} className={classes.title}>
          {title}
        </Title>
        <Group gap={4} wrap="nowrap">
          {actions}
          <Tooltip label={t('action.close')}>
            <ActionIcon aria-label={t('action.close')} onClick={onClose}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </header>
      <div className={classes.content}>
        <Deferred>{children}</Deferred>
      </div>
    </aside>
  );
}
