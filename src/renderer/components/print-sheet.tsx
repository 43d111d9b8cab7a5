import { Button, type MantineSize, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import classes from './print-sheet.module.css';

interface PrintButtonProps {
  label: string;
  size?: MantineSize;
  /** What stands on the paper. */
  children: ReactNode;
}

/** A button that prints its children alone, without the window around them. */
export function PrintButton({ label, size = 'sm', children }: PrintButtonProps) {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    if (!printing) return;
    const done = () => setPrinting(false);
    window.addEventListener('afterprint', done);
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, [printing]);
  return (
    <>
      <Button
        size={size}
        variant="default"
        leftSection={<IconPrinter size={14} />}
        onClick={() => setPrinting(true)}
      >
        {label}
      </Button>
      {printing
        ? createPortal(
            <div className={classes.sheet} data-mantine-color-scheme="light">
              {children}
            </div>,
            document.body,
          )
        : null}
    </>
  );
}

interface PrintSheetProps {
  /** Stands at the head of the sheet. */
  title: string;
  children: ReactNode;
}

/** Prints its children under a title. */
export function PrintSheet({ title, children }: PrintSheetProps) {
  const { t } = useTranslation();
  return (
    <PrintButton label={t('action.print')} size="xs">
      <Title order={1} size="h3">
        {title}
      </Title>
      {children}
    </PrintButton>
  );
}
