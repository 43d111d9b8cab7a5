import { ActionIcon, Button, type ButtonProps } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Puts a text on the clipboard, on a press of a key or button. The window grants no permission, the
 * clipboard's included; the document's own copy command needs none.
 */
export function copyText(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', put, { capture: true });
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', put, { capture: true });
  }
}

const SHOWN_MS = 1500;

/** `copied` is true for a moment after a copy. */
export function useCopy(): { copied: boolean; copy: (text: string) => void } {
  const [copied, setCopied] = useState(false);
  const { start } = useTimeout(() => setCopied(false), SHOWN_MS);
  return {
    copied,
    copy: (text) => {
      setCopied(copyText(text));
      start();
    },
  };
}

interface CopyIconProps {
  /** A function where the text is costly to make: it is asked on the press. */
  value: string | (() => string);
  label?: string;
  icon?: ReactNode;
}

/** A small button that copies. Its tip is a plain title, because a chat shows dozens of these. */
export function CopyIcon({ value, label, icon }: CopyIconProps) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const name = label ?? t('action.copy');
  return (
    <ActionIcon
      size="sm"
      aria-label={name}
      title={copied ? t('action.copied') : name}
      onClick={() => copy(typeof value === 'string' ? value : value())}
    >
      {copied ? <IconCheck size={14} /> : (icon ?? <IconCopy size={14} />)}
    </ActionIcon>
  );
}

interface CopyTextButtonProps extends ButtonProps {
  value: string;
  children: ReactNode;
}

/** A button in words that copies. */
export function CopyTextButton({ value, children, ...rest }: CopyTextButtonProps) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <Button
      variant="default"
      {...rest}
      leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      onClick={() => copy(value)}
    >
      {copied ? t('action.copied') : children}
    </Button>
  );
}
