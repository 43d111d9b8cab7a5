import { Button, Checkbox, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import type { PackPlan } from '../../../core/domain/pack.ts';
import { abilitiesOf } from '../cases/case-abilities.ts';
import classes from './packs.module.css';
import { useAddPeriod } from './use-add-period.ts';
import type { Pack } from './use-pack.ts';

/** Messages on either side that can be asked for; an exhibit keeps twenty unless somebody said otherwise. */
const CONTEXTS = [0, 2, 5, 10];

interface PackExhibitsProps {
  detail: CaseDetail;
  pack: Pack;
  plan: PackPlan | undefined;
}

/** Which exhibits, with how much around them, and what each is to prove. */
export function PackExhibits({ detail, pack: { draft, change }, plan }: PackExhibitsProps) {
  const { t } = useTranslation('packs');
  const addPeriod = useAddPeriod(detail);
  const asksProof = draft.profile !== 'internal';
  return (
    <section className={classes.box}>
      <Group justify="space-between">
        <Title order={2}>{t('exhibits.title')}</Title>
        {abilitiesOf(detail.summary.state).add ? (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconCalendarPlus size={14} />}
            onClick={addPeriod}
          >
            {t('period.action')}
          </Button>
        ) : null}
      </Group>
      <Stack gap="xs">
        {detail.exhibits.map(({ id, number, description, messages }) => {
          const chosen = !draft.without.includes(id);
          const shown = plan?.exhibits.find((one) => one.id === id)?.messages ?? messages;
          return (
            <Stack key={id} gap={4}>
              <Checkbox
                checked={chosen}
                label={`${number} · ${t('exhibits.messages', { count: chosen ? shown : messages })}`}
                description={description}
                onChange={(event) =>
                  change({
                    without: event.currentTarget.checked
                      ? draft.without.filter((one) => one !== id)
                      : [...draft.without, id],
                  })
                }
              />
              {chosen && asksProof ? (
                <TextInput
                  size="xs"
                  ms={30}
                  aria-label={t('exhibits.provesOf', { number })}
                  placeholder={t('exhibits.proves')}
                  value={draft.proves[id] ?? ''}
                  onChange={(event) =>
                    change({ proves: { ...draft.proves, [id]: event.currentTarget.value } })
                  }
                />
              ) : null}
            </Stack>
          );
        })}
      </Stack>
      {draft.without.length === detail.exhibits.length ? (
        <Text c="red" size="sm" role="alert">
          {t('exhibits.choose')}
        </Text>
      ) : null}
      <Select
        label={t('exhibits.context')}
        allowDeselect={false}
        value={draft.context === null ? 'kept' : String(draft.context)}
        data={[
          { value: 'kept', label: t('exhibits.contextKept') },
          ...CONTEXTS.map((count) => ({
            value: String(count),
            label: count === 0 ? t('exhibits.contextNone') : t('exhibits.contextOf', { count }),
          })),
        ]}
        onChange={(value) => change({ context: value === 'kept' || value === null ? null : Number(value) })}
      />
    </section>
  );
}
