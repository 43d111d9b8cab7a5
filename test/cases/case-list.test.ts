import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeCase, getCase, listCases, openCase } from '../../src/core/app/cases/cases.ts';
import { assessDuty } from '../../src/core/app/duties/duty-filing.ts';
import type { CaseSummary } from '../../src/core/domain/case.ts';
import { type CaseWorkspace, caseWorkspace, SECOND_PASSPHRASE } from '../builders/case-workspace.ts';

let w: CaseWorkspace;
afterEach(() => w.close());

describe('the list of cases', () => {
  beforeEach(() => {
    w = caseWorkspace({ profile: 'employer' });
    w.tell(Array.from({ length: 6 }, (_, i) => ({ by: i % 2 ? '李娜' : '张伟', text: `第${i}条消息` })));
    const hits = w.find([
      { on: 0, category: 'abuse', severity: 2 },
      { on: 1, category: 'drugs', severity: 5 },
      { on: 2, category: 'gambling', severity: 4 },
      { on: 3, category: 'abuse', severity: 2 },
      { on: 4, category: 'fraud', severity: 4 },
    ]);
    w.confirm(hits);
    hits.forEach((hit, index) => {
      openCase(w.desk, { title: `案 ${'戊丁丙乙甲'[index]}`, hitIds: [hit] });
    });
    const last = listCases(w.desk, { limit: 1 }).rows[0] as CaseSummary;
    assessDuty(w.desk, {
      dutyId: getCase(w.desk, { caseId: last.id }).duties[0]?.id ?? '',
      outcome: 'none',
      reason: '不需要',
      approverId: w.second.id,
      approverPassphrase: SECOND_PASSPHRASE,
    });
    closeCase(w.desk, { caseId: last.id, reason: '完' });
  });

  const numbers = (rows: CaseSummary[]) => rows.map(({ number }) => Number(number.slice(-4)));

  it.each([
    ['the newest first', {}, [5, 4, 3, 2, 1]],
    ['unclosed ones', { state: 'unclosed' }, [4, 3, 2, 1]],
    ['closed ones', { state: 'closed' }, [5]],
    ['of a category', { category: 'abuse' }, [4, 1]],
    ['by title', { text: '乙' }, [4]],
    ['by party', { text: '李娜' }, [4, 2]],
    ['by number', { text: '-0003' }, [3]],
    ['with a sign that means something to SQL', { text: '%' }, []],
    ['by severity', { sort: { by: 'severity', descending: true } }, [2, 5, 3, 4, 1]],
    ['by when they opened', { sort: { by: 'openedAt', descending: false } }, [1, 2, 3, 4, 5]],
  ] as const)('%s', (_, filter, expected) => {
    const page = listCases(w.desk, { ...filter, limit: 10 });
    expect(numbers(page.rows)).toEqual(expected);
    expect(page.total).toBe(expected.length);
  });

  it.each(['number', 'openedAt', 'severity', 'title'] as const)(
    'by %s gives every case once, page by page',
    (by) => {
      for (const descending of [true, false]) {
        const sort = { by, descending };
        const whole = listCases(w.desk, { sort, limit: 10 });
        const paged: string[] = [];
        let cursor: string | null = null;
        do {
          const page: ReturnType<typeof listCases> = listCases(w.desk, { sort, limit: 2, cursor });
          if (cursor) expect(page.total).toBeNull();
          paged.push(...page.rows.map(({ id }) => id));
          cursor = page.next;
        } while (cursor);
        expect(paged).toEqual(whole.rows.map(({ id }) => id));
      }
    },
  );
});
