import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink, type LinkComponent } from '@tanstack/react-router';
import { forwardRef } from 'react';

const PlainAnchor = forwardRef<HTMLAnchorElement, Omit<AnchorProps, 'href'>>(
  function PlainAnchor(props, ref) {
    return <Anchor ref={ref} inherit {...props} />;
  },
);

const AnchorButton = forwardRef<HTMLAnchorElement, Omit<ButtonProps, 'href'>>(
  function AnchorButton(props, ref) {
    return <Button ref={ref} component="a" {...props} />;
  },
);

/** A typed link to a screen, in Mantine's dress. */
export const ScreenLink: LinkComponent<typeof PlainAnchor> = createLink(PlainAnchor) as never;
/** A typed link that looks like a button. */
export const ScreenButton: LinkComponent<typeof AnchorButton> = createLink(AnchorButton) as never;
