import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink, type LinkComponent } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, forwardRef } from 'react';

type Html<P> = Omit<P, 'href'> & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P>;

const PlainAnchor = forwardRef<HTMLAnchorElement, Html<AnchorProps>>(function PlainAnchor(props, ref) {
  return <Anchor ref={ref} inherit {...props} />;
});

const AnchorButton = forwardRef<HTMLAnchorElement, Html<ButtonProps>>(function AnchorButton(props, ref) {
  return <Button ref={ref} component="a" {...props} />;
});

/** A typed link to a screen, in Mantine's dress. */
export const ScreenLink: LinkComponent<typeof PlainAnchor> = createLink(PlainAnchor) as never;
/** A typed link that looks like a button. */
export const ScreenButton: LinkComponent<typeof AnchorButton> = createLink(AnchorButton) as never;
