import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import type { Node } from './match-tree.tsx';

/** The window and the counts of a rule over several messages, in words. */
export function useFlowLabel(): (node: Node) => string {
  const { t } = useTranslation('rules');
  const format = useFormat();
  return (node) => {
    const kind = node.sequence ? 'sequence' : node.repeat ? 'repeat' : 'exchange';
    const parts = [
      ...(kind === 'repeat' ? [t(`match.of.${node.of ?? 'sender'}`)] : []),
      ...(node.sender === 'any' ? [t('match.anySender')] : []),
      ...(node.ordered ? [t('match.ordered')] : []),
      ...(node.exclusive ? [t('match.exclusive')] : []),
      ...(node.atLeast === undefined ? [] : [t('match.messages', { count: node.atLeast })]),
      ...(node.turns === undefined ? [] : [t('match.turns', { count: node.turns })]),
      ...(node.senders === undefined ? [] : [t('match.senders', { count: node.senders })]),
      ...(node.conversations === undefined ? [] : [t('match.conversations', { count: node.conversations })]),
      ...(node.minLength === undefined ? [] : [t('match.minLength', { count: node.minLength })]),
      ...(node.messages === undefined ? [] : [t('match.withinMessages', { count: node.messages })]),
      ...(node.minutes === undefined ? [] : [t('match.withinMinutes', { count: node.minutes })]),
    ];
    return t(`match.${kind}`, { window: format.list(parts) });
  };
}
