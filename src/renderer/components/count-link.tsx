import { Anchor, Text } from '@mantine/core';
import { createLink, type LinkComponent } from '@tanstack/react-router';
import { forwardRef } from 'react';
import { useFormat } from './format.ts';

interface CountAnchorProps extends React.AnchorHTMLAttributes<HTMLAnchorElement> {
  value: number;
}

const CountAnchor = forwardRef<HTMLAnchorElement, CountAnchorProps>(function CountAnchor(
  { value, ...rest },
  ref,
) {
  const format = useFormat();
  if (value === 0)
    return (
      <Text span c="dimmed" inherit>
        {format.number(0)}
      </Text>
    );
  return (
    <Anchor ref={ref} inherit {...rest}>
      {format.number(value)}
    </Anchor>
  );
});

/** A number that opens its rows; zero opens nothing. */
export const CountLink: LinkComponent<typeof CountAnchor> = createLink(CountAnchor) as never;
