import { Code, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleSummary } from '../../../core/domain/hit.ts';
import { CategoryBadge, Fact, Severity, StatusBadge, TierBadge } from '../../components/badges.tsx';
import { Basis } from '../../components/basis.tsx';
import { CountLink } from '../../components/count-link.tsx';
import { useFormat } from '../../components/format.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { useWords } from '../../components/words.ts';
import { Exclusions } from './exclusions.tsx';
import { MatchTree } from './match-tree.tsx';
import classes from './rules.module.css';
import { useConditionWords } from './use-condition-words.ts';

/** One rule: what it looks for, on which basis, with the examples it is held to. */
export function RulePanel({ rule, onClose }: { rule: RuleSummary; onClose: () => void }) {
  const { t } = useTranslation(['rules', 'common']);
  const words = useWords();
  const format = useFormat();
  const conditions = useConditionWords();
  return (
    <SidePanel name="rule" width={480} title={words.text(rule.title)} onClose={onClose}>
      <Stack gap="md">
        <Group gap="xs">
          <CategoryBadge category={rule.category} />
          <TierBadge tier={rule.tier} />
          <StatusBadge status={rule.status} />
          <Severity value={rule.severity} />
        </Group>
        <Group gap="xl">
          <Fact label={t('column.hits')}>
            <CountLink value={rule.hits} to="/review" search={{ rule: rule.id }} />
          </Fact>
          <Fact label={t('column.confirmed')}>
            <CountLink
              value={rule.confirmed}
              to="/review"
              search={{ rule: rule.id, disposition: 'confirmed' }}
            />
          </Fact>
          <Fact label={t('column.dismissed')}>
            <CountLink
              value={rule.dismissed}
              to="/review"
              search={{ rule: rule.id, disposition: 'dismissed' }}
            />
          </Fact>
        </Group>
        <Fact label={t('fact.rule')}>
          <Code>{rule.id}</Code> · {rule.pack} {rule.packVersion}
        </Fact>
        <Fact label={t('column.basis')}>
          {rule.basis.length === 0 ? t('common:state.none') : <Basis references={rule.basis} />}
        </Fact>
        <div>
          <Text fw={600} mb={4}>
            {t('match.title')}
          </Text>
          <MatchTree match={rule.match} />
          {rule.exclude === undefined ? null : (
            <>
              <Text size="sm" fw={600} mt="xs">
                {t('match.exclude')}
              </Text>
              <MatchTree match={rule.exclude} />
            </>
          )}
          {rule.ignore?.length ? (
            <Text size="sm" mt="xs">
              {t('match.ignore', {
                list: format.list(rule.ignore.map((name) => t(`draft.${name as 'quoted'}`))),
              })}
            </Text>
          ) : null}
          {rule.when === undefined ? null : (
            <>
              <Text size="sm" fw={600} mt="xs">
                {t('match.when')}
              </Text>
              <ul className={classes.branch}>
                {conditions(rule.when).map((condition) => (
                  <li key={condition}>
                    <Text size="sm">{condition}</Text>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
        <Exclusions rule={rule} />
        <Examples title={t('examples.hit')} texts={rule.examples.hit} />
        <Examples title={t('examples.clean')} texts={rule.examples.clean} />
      </Stack>
    </SidePanel>
  );
}

function Examples({ title, texts }: { title: string; texts: string[] }) {
  if (texts.length === 0) return null;
  return (
    <div>
      <Text fw={600} mb={4}>
        {title}
      </Text>
      <ul className={classes.examples}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
