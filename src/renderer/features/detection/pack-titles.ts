import { useCallback } from 'react';
import { useCall } from '../../api/hooks.ts';
import { useWords } from '../../components/words.ts';

/** A rule pack by its title; by its id where it is no longer installed. */
export function usePackTitles(): (id: string) => string {
  const words = useWords();
  const { data } = useCall('rules.packs', {});
  return useCallback(
    (id: string) => {
      const pack = data?.find((one) => one.id === id);
      return pack ? words.text(pack.title) : id;
    },
    [data, words],
  );
}
