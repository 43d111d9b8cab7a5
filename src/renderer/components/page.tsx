import { Group, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Deferred } from './deferred.tsx';
import classes from './page.module.css';

interface PageProps {
  title: ReactNode;
  /** One line under the title: what these rows are. */
  subtitle?: ReactNode;
  /** Buttons at the right end of the head. */
  actions?: ReactNode;
  /** `fill`: the body takes the window's height and scrolls inside (tables); `flow`: the page scrolls. */
  layout?: 'fill' | 'flow';
  children: ReactNode;
}

const ARROWS: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight']);

/**
 * The frame of every screen: head with title and actions, which stand at once; body below. A button that
 * goes away with what it did takes the focus along; the next Tab or arrow is the screen's again.
 */
export function Page({ title, subtitle, actions, layout = 'flow', children }: PageProps) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // Gone to by a key: the next Tab enters the screen, not the navigation, and the arrows scroll it. Rows
    // take the focus themselves.
    if (layout === 'flow' && document.activeElement === document.body)
      section.current?.focus({ preventScroll: true });
  }, [layout]);
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      if (event.target !== document.body || document.querySelector('[aria-modal="true"]')) return;
      const rows = section.current?.querySelector<HTMLElement>('[role="grid"]');
      if (event.key === 'Tab') section.current?.focus({ preventScroll: true });
      else if (ARROWS.has(event.key)) (rows ?? section.current)?.focus({ preventScroll: true });
    };
    document.addEventListener('keydown', take, true);
    return () => document.removeEventListener('keydown', take, true);
  }, []);
  return (
    <section ref={section} tabIndex={-1} className={classes.page} data-layout={layout}>
      <header className={classes.head}>
        <div>
          <Title order={1}>{title}</Title>
          {subtitle ? <div className={classes.subtitle}>{subtitle}</div> : null}
        </div>
        {actions ? <Group gap="xs">{actions}</Group> : null}
      </header>
      <div className={classes.body}>
        <Deferred>{children}</Deferred>
      </div>
    </section>
  );
}
