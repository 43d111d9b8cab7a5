import { Badge, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CategoryId } from '../../../core/domain/category.ts';
import { useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';
import classes from './rules.module.css';
import { useFlowLabel } from './use-flow-label.ts';

/** A node of the match tree as a pack writes it; what is not known here is shown as it stands. */
export interface Node {
  terms?: string[];
  allow?: string[];
  transforms?: string[];
  boundary?: string;
  detector?: string;
  valid?: boolean;
  flags?: Record<string, boolean>;
  atLeast?: number;
  regex?: string;
  all?: Node[];
  any?: Node[];
  not?: Node;
  within?: number;
  classifier?: string;
  score?: number;
  sequence?: Node[];
  messages?: number;
  minutes?: number;
  sender?: string;
  ordered?: boolean;
  repeat?: Node | 'any';
  of?: 'sender' | 'text' | 'conversation';
  senders?: number;
  conversations?: number;
  minLength?: number;
  exchange?: Node | 'any';
  turns?: number;
  exclusive?: boolean;
}

/** What a rule looks for, in words. */
export function MatchTree({ match }: { match: unknown }) {
  if (match === null || typeof match !== 'object') return <Code>{JSON.stringify(match)}</Code>;
  return <MatchNode node={match as Node} />;
}

function MatchNode({ node }: { node: Node }) {
  const { t } = useTranslation('rules');
  const flowLabel = useFlowLabel();
  if (node.all)
    return (
      <Branch
        label={node.within === undefined ? t('match.all') : t('match.allWithin', { count: node.within })}
        nodes={node.all}
      />
    );
  if (node.any) return <Branch label={t('match.any')} nodes={node.any} />;
  if (node.not) return <Branch label={t('match.not')} nodes={[node.not]} />;
  if (node.terms) return <Terms node={node} terms={node.terms} />;
  if (node.detector) return <Detector node={node} detector={node.detector} />;
  if (node.regex !== undefined)
    return (
      <div>
        <Text span size="xs" c="dimmed">
          {t('match.regex')}{' '}
        </Text>
        <Code>{node.regex}</Code>
      </div>
    );
  if (node.classifier) return <Classified category={node.classifier} score={node.score ?? 1} />;
  if (node.sequence) return <Branch label={flowLabel(node)} nodes={node.sequence} />;
  const said = node.repeat ?? node.exchange;
  if (said === 'any')
    return (
      <Text size="sm">
        <b>{flowLabel(node)}</b> {t('match.anyMessage')}
      </Text>
    );
  if (said) return <Branch label={flowLabel(node)} nodes={[said]} />;
  return <Code block>{JSON.stringify(node, null, 2)}</Code>;
}

function Classified({ category, score }: { category: string; score: number }) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const format = useFormat();
  return (
    <Text size="sm">
      {t('match.classifier', {
        category: words.category(category as CategoryId),
        score: format.percent(score),
      })}
    </Text>
  );
}

function Branch({ label, nodes }: { label: string; nodes: Node[] }) {
  return (
    <div>
      <Text size="xs" fw={600}>
        {label}
      </Text>
      <ul className={classes.branch}>
        {nodes.map((node, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nodes of a published rule never move
          <li key={index}>
            <MatchNode node={node} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Terms({ node, terms }: { node: Node; terms: string[] }) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const format = useFormat();
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t('match.terms', { count: terms.length })}
      </Text>
      <Group gap={4}>
        {terms.map((term) => (
          <Badge key={term} color="gray" className={classes.term}>
            {term}
          </Badge>
        ))}
      </Group>
      {node.allow?.length ? (
        <>
          <Text size="xs" c="dimmed" mt={4}>
            {t('match.allow')}
          </Text>
          <Group gap={4}>
            {node.allow.map((term) => (
              <Badge key={term} color="teal" variant="outline" className={classes.term}>
                {term}
              </Badge>
            ))}
          </Group>
        </>
      ) : null}
      {node.transforms ? (
        <Text size="xs" c="dimmed" mt={4}>
          {node.transforms.length === 0
            ? t('match.exact')
            : t('match.transforms', {
                list: format.list(node.transforms.map((name) => words.of('transform', name))),
              })}
        </Text>
      ) : null}
    </div>
  );
}

function Detector({ node, detector }: { node: Node; detector: string }) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const format = useFormat();
  const flags = Object.entries(node.flags ?? {}).map(([flag, wanted]) =>
    t(wanted ? 'match.flagWith' : 'match.flagWithout', { flag: words.of('findingFlag', flag) }),
  );
  const notes = [
    ...(node.valid === false ? [t('match.invalid')] : []),
    ...(node.atLeast ? [t('match.atLeast', { count: node.atLeast })] : []),
    ...flags,
  ];
  return (
    <div>
      <Text span size="xs" c="dimmed">
        {t('match.detector')}{' '}
      </Text>
      <Badge color="ink">{words.of('detector', detector)}</Badge>
      {notes.length > 0 ? (
        <Text span size="xs" c="dimmed">
          {' '}
          {format.list(notes)}
        </Text>
      ) : null}
    </div>
  );
}
