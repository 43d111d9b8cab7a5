import { Group, Radio, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Profile } from '../../core/domain/workspace.ts';
import classes from './profile-cards.module.css';
import { useWords } from './words.ts';

interface ProfileCardsProps {
  value: Profile | null;
  onChange: (profile: Profile) => void;
}

/** The four kinds of organisation, each with what it changes. */
export function ProfileCards({ value, onChange }: ProfileCardsProps) {
  const { t } = useTranslation('start');
  const words = useWords();
  return (
    <Radio.Group value={value} onChange={(next) => onChange(next as Profile)} aria-label={t('profile.label')}>
      <div className={classes.profiles}>
        {Profile.options.map((profile) => (
          <Radio.Card key={profile} value={profile} className={classes.profile}>
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <Radio.Indicator size="xs" mt={3} />
              <div>
                <Text fw={600}>{words.of('profile', profile)}</Text>
                <ul className={classes.changes}>
                  <li>{t(`profile.${profile}.who`)}</li>
                  <li>{t(`profile.${profile}.measures`)}</li>
                  <li>{t(`profile.${profile}.duties`)}</li>
                </ul>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
