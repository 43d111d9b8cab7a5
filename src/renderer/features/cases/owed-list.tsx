import { Badge, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ScreenLink } from '../../components/link.tsx';
import { useWords } from '../../components/words.ts';
import { Due } from '../duties/due.tsx';
import classes from './cases.module.css';
import { linesOf, type Owed, SETTLED_ON } from './owed.ts';

/** One owed thing in words. */
function useOwedWords(): (owed: Owed) => string {
  const { t } = useTranslation('cases');
  const words = useWords();
  return (owed) => {
    switch (owed.kind) {
      case 'undecided':
        return t('owed.undecided', { party: owed.party.name });
      case 'approval':
        return t('owed.approval', {
          party: owed.decision.party,
          measure: words.text(owed.decision.measureTitle),
        });
      case 'duty':
        if (owed.duty.kind === 'disposal' || owed.duty.kind === 'records') return t(`owed.${owed.duty.kind}`);
        return t(owed.duty.kind === 'report' ? 'owed.report' : 'owed.assessment', {
          receiver: words.text(owed.duty.receiver),
        });
      case 'measures':
      case 'appeals':
        return t(`owed.${owed.kind}`, { count: owed.count });
      case 'unheard':
        return t('owed.unheard', { party: owed.party.name });
      default:
        return t(`owed.${owed.kind}`);
    }
  };
}

/** Lines of owed things in words; a line of several tells how many. */
export function useOwedLineWords(): (line: readonly [Owed, ...Owed[]]) => string {
  const { t } = useTranslation('cases');
  const say = useOwedWords();
  return (line) => {
    const [first] = line;
    const count = line.length;
    if (count === 1) return say(first);
    if (first.kind === 'undecided' || first.kind === 'unheard' || first.kind === 'approval')
      return t(`owed.many.${first.kind}`, { count });
    return t('owed.many.same', { what: say(first), count });
  };
}

interface OwedListProps {
  caseId: string;
  owed: readonly Owed[];
  /** Called when a line was followed; a dialog around the list closes. */
  onFollow?: () => void;
}

const keyOf = (owed: Owed): string =>
  owed.kind === 'undecided'
    ? owed.party.id
    : owed.kind === 'approval'
      ? owed.decision.id
      : owed.kind === 'duty'
        ? owed.duty.id
        : owed.kind === 'unheard'
          ? `unheard ${owed.party.id}`
          : owed.kind;

/** What is still owed; each line leads to where it is settled. */
export function OwedList({ caseId, owed, onFollow }: OwedListProps) {
  const { t } = useTranslation('cases');
  const say = useOwedLineWords();
  const [all, { toggle }] = useDisclosure(false);
  const short = linesOf(owed);
  const lines = all ? owed.map((item) => [item] as const) : short;
  if (owed.length === 0)
    return (
      <Group gap={6}>
        <IconCircleCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden />
        <Text>{t('owed.nothing')}</Text>
      </Group>
    );
  return (
    <>
      <ul className={classes.owed}>
        {lines.map((line) => {
          const [item] = line;
          return (
            <li key={keyOf(item)}>
              <IconCircleDashed size={15} aria-hidden />
              <ScreenLink
                to="/cases/$caseId"
                params={{ caseId }}
                search={{ tab: SETTLED_ON[item.kind] }}
                {...(onFollow ? { onClick: onFollow } : {})}
              >
                {say(line)}
              </ScreenLink>
              {item.kind === 'duty' && item.duty.state === 'filed' ? (
                <Badge color="ink">{t('owed.awaitingReceipt')}</Badge>
              ) : null}
              {item.kind === 'duty' && item.duty.state === 'open' && item.duty.dueAt !== null ? (
                <Due duty={item.duty} />
              ) : null}
            </li>
          );
        })}
      </ul>
      {short.length < owed.length ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          mt={4}
          style={{ alignSelf: 'start' }}
          onClick={toggle}
          aria-expanded={all}
        >
          {all ? t('owed.fewer') : t('owed.each', { count: owed.length })}
        </Button>
      ) : null}
    </>
  );
}
