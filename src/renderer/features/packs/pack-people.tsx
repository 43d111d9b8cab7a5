import { Alert, Button, Checkbox, Collapse, Stack, Switch, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { PackPlan } from '../../../core/domain/pack.ts';
import classes from './packs.module.css';
import type { Pack } from './use-pack.ts';

/** Bystanders: people who speak in the pack and are no party. */
export function PackPeople({ pack: { draft, change }, plan }: { pack: Pack; plan: PackPlan | undefined }) {
  const { t } = useTranslation('packs');
  const [open, { toggle }] = useDisclosure(false);
  const people = plan?.bystanders ?? [];
  return (
    <section className={classes.box}>
      <Title order={2}>{t('people.title', { count: people.length })}</Title>
      <Switch
        label={t('people.aliases')}
        description={t('people.aliasesHelp')}
        checked={draft.aliases}
        onChange={(event) => change({ aliases: event.currentTarget.checked })}
      />
      {draft.aliases && people.length > 0 ? (
        <>
          <Button variant="subtle" size="compact-sm" onClick={toggle} aria-expanded={open}>
            {draft.unmask.length > 0
              ? t('people.named', { count: draft.unmask.length })
              : t('people.nameSome')}
          </Button>
          <Collapse expanded={open}>
            <Stack gap={6} mah={220} style={{ overflowY: 'auto' }}>
              {people.map(({ accountId, name, messages }) => (
                <Checkbox
                  key={accountId}
                  checked={draft.unmask.includes(accountId)}
                  label={`${name ?? accountId} · ${t('exhibits.messages', { count: messages })}`}
                  onChange={(event) =>
                    change({
                      unmask: event.currentTarget.checked
                        ? [...draft.unmask, accountId]
                        : draft.unmask.filter((one) => one !== accountId),
                    })
                  }
                />
              ))}
            </Stack>
          </Collapse>
        </>
      ) : null}
      {plan?.needsApproval ? (
        <Alert color="yellow" variant="light">
          <Text size="sm">{t('people.needsApproval')}</Text>
        </Alert>
      ) : null}
    </section>
  );
}
