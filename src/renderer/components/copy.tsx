import { ActionIcon, Button, type ButtonProps, Tooltip } from '@mantine/core';
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

/** A small button that copies. */
export function CopyIcon({ value, label, icon }: { value: string; label?: string; icon?: ReactNode }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const name = label ?? t('action.copy');
  return (
    <Tooltip label={copied ? t('action.copied') : name}>
      <ActionIcon size="sm" aria-label={name} onClick={() => copy(value)}>
        {copied ? <IconCheck size={14} /> : (icon ?? <IconCopy size={14} />)}
      </ActionIcon>
    </Tooltip>
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
