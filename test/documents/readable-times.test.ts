/** Times in documents that people read: local, with the offset in words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, readableMinute, readableTime } from '../../src/core/domain/zone.ts';
import { reportDocument } from '../../src/core/duties/report-document.ts';
import { timeHtml } from '../../src/core/evidence/messages-html.ts';
import { paperTime } from '../../src/core/evidence/zoned-time.ts';

const AT = Date.UTC(2026, 10, 22, 6, 5, 9);

describe('readable times', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-22 14:05 (UTC+8)'],
    ['UTC', '2026-11-22 06:05 (UTC)'],
    ['Asia/Kolkata', '2026-11-22 11:35 (UTC+5:30)'],
    ['America/St_Johns', '2026-11-22 02:35 (UTC-3:30)'],
  ])('%s: %s', (zone, text) => {
    expect(readableMinute(AT, zone)).toBe(text);
    expect(paperTime(zone)(AT)).toBe(text.replace(' (', ':09 ('));
    expect(readableTime(formatInstant(AT + 7, zone))).toBe(text.replace(' (', ':09 ('));
  });

  it('the page of a pack keeps parts of a second where there are any', () => {
    expect(timeHtml('2026-11-22T14:05:09.000+08:00')).toBe('<time>2026-11-22 14:05:09 (UTC+8)</time>');
    expect(timeHtml('2026-11-22T14:05:09.070+08:00')).toBe('<time>2026-11-22 14:05:09.070 (UTC+8)</time>');
  });

  it('what is no time of RFC 3339 stays as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readableTime(text)).toBe(text);
      }),
    );
  });

  it.each(['zh-CN', 'en'] as const)('a report in %s has no time of a machine', (language) => {
    const item = {
      hitId: '',
      sentAt: AT,
      sentAtText: '1795327509',
      conversation: '群',
      sender: '张伟',
      category: 'fraud' as const,
      rule: { zh: '规则', en: 'rule' },
      basis: [],
      text: '内容',
      exhibit: null,
      sha256: null,
      file: 'chat.csv',
      line: 2,
    };
    const { blocks } = reportDocument(
      {
        caseNumber: 'C-A7-0001',
        test: false,
        preparedAt: AT,
        preparedBy: '陈静',
        receiver: { zh: '网信部门', en: 'Cyberspace administration' },
        alternatives: [],
        organisation: '公司',
        contact: '电话',
        person: null,
        categories: ['fraud'],
        basis: [],
        facts: '事实',
        measures: [{ party: '张伟', measure: { zh: '警告', en: 'warning' }, at: AT }],
        actions: [],
        notice: [],
        items: [item],
        attachments: [],
        gaps: [],
      },
      language,
      'Asia/Shanghai',
    );
    const text = JSON.stringify(blocks);
    expect(text).toContain('陈静 · 2026-11-22 14:05 (UTC+8)');
    expect(text).toContain('· 2026-11-22 14:05 (UTC+8)');
    expect(text).toContain('2026-11-22 14:05:09 (UTC+8)');
    expect(text).not.toMatch(/\dT\d\d:/);
  });
});
