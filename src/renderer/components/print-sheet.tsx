import { Button, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import classes from './print-sheet.module.css';

interface PrintSheetProps {
  /** Stands at the head of the sheet. */
  title: string;
  children: ReactNode;
}

/** A button that prints its children alone, without the window around them. */
export function PrintSheet({ title, children }: PrintSheetProps) {
  const { t } = useTranslation();
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
        size="xs"
        variant="default"
        leftSection={<IconPrinter size={14} />}
        onClick={() => setPrinting(true)}
      >
        {t('action.print')}
      </Button>
      {printing
        ? createPortal(
            <div className={classes.sheet}>
              <Title order={1} size="h3">
                {title}
              </Title>
              {children}
            </div>,
            document.body,
          )
        : null}
    </>
  );
}
