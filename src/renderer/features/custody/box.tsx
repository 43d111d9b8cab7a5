import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '../cases/cases.module.css';

interface BoxProps {
  title: ReactNode;
  actions?: ReactNode;
  alarm?: boolean;
  children: ReactNode;
}

/** A framed part of a page with a head. */
export function Box({ title, actions, alarm, children }: BoxProps) {
  return (
    <section className={classes.box} {...(alarm ? { 'data-alarm': true } : {})}>
      <div className={classes.boxHead}>
        <Title order={2}>{title}</Title>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </div>
      {children}
    </section>
  );
}
