/** What a rule, a decision or a duty rests on, in words. */
import { Text, Tooltip } from '@mantine/core';
import { useCallback } from 'react';
import articles from '../../../resources/law/articles.json';
import house from '../../../resources/law/house-rules.json';
import type { Bilingual } from '../../core/domain/bilingual.ts';
import { citeArticle } from '../../core/domain/citation.ts';
import classes from './badges.module.css';
import { useWords } from './words.ts';

const CITED = new Map<string, { citation: Bilingual; says: Bilingual }>([
  ...articles.articles.map(
    (article) => [`law:${article.id}`, { citation: citeArticle(article), says: article.summary }] as const,
  ),
  ...house.clauses.map(
    (clause) => [`house:${clause.id}`, { citation: clause.title, says: clause.text }] as const,
  ),
]);

/** The citation of a reference; one that the library does not hold is shown as it is written. */
export function useCite(): (reference: string) => string {
  const words = useWords();
  return useCallback(
    (reference) => {
      const found = CITED.get(reference);
      return found ? words.text(found.citation) : reference;
    },
    [words],
  );
}

/** References one after the other; what each says stands in its tooltip. */
export function Basis({ references }: { references: readonly string[] }) {
  const words = useWords();
  const cite = useCite();
  return (
    <ul className={classes.basis}>
      {[...new Set(references)].map((reference) => {
        const says = CITED.get(reference)?.says;
        const citation = (
          <Text span inherit>
            {cite(reference)}
          </Text>
        );
        return (
          <li key={reference}>{says ? <Tooltip label={words.text(says)}>{citation}</Tooltip> : citation}</li>
        );
      })}
    </ul>
  );
}
