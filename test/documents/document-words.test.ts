import { describe, expect, it } from 'vitest';
import {
  FIELD_NAMES,
  fieldName,
  PLATFORM_NAMES,
  ROLE_NAMES,
  SUBJECT_NAMES,
} from '../../src/core/domain/document-words.ts';
import type { ReportForm } from '../../src/core/domain/duty.ts';
import { Platform } from '../../src/core/domain/message.ts';
import { reportDocument } from '../../src/core/duties/report-document.ts';
import enAccounts from '../../src/renderer/locales/en/accounts.json' with { type: 'json' };
import en from '../../src/renderer/locales/en/domain.json' with { type: 'json' };
import zhAccounts from '../../src/renderer/locales/zh-CN/accounts.json' with { type: 'json' };
import zh from '../../src/renderer/locales/zh-CN/domain.json' with { type: 'json' };

describe('what documents call things', () => {
  it.each([
    ['platform', PLATFORM_NAMES, zh.platform, en.platform],
    ['memberRole', ROLE_NAMES, zh.memberRole, en.memberRole],
    ['measureSubject', SUBJECT_NAMES, zh.measureSubject, en.measureSubject],
    ['field of an account', FIELD_NAMES, zhAccounts.field, enAccounts.field],
  ])('%s: as the screens do', (_, names, chinese, english) => {
    const told = (language: 'zh' | 'en') =>
      Object.fromEntries(Object.entries(names).map(([id, name]) => [id, name[language]]));
    expect(told('zh')).toEqual(chinese);
    expect(told('en')).toEqual(english);
  });

  it('a field that only one export has keeps its name, whatever it is', () => {
    for (const name of ['vendor_flag', 'toString', '__proto__'])
      expect(fieldName(name)).toEqual({ zh: name, en: name });
  });

  const form: ReportForm = {
    caseNumber: 'C-A7-0001',
    test: false,
    preparedAt: 0,
    preparedBy: '陈静',
    receiver: { zh: '网信部门', en: 'Cyberspace administration' },
    alternatives: [],
    organisation: '公司',
    contact: '电话',
    person: {
      name: '张伟',
      accounts: Platform.options.map((platform) => ({ platform, platformId: 'p-1', name: '张伟' })),
    },
    categories: ['fraud'],
    basis: [
      {
        reference: 'law:x',
        citation: { zh: '某法第一条', en: 'Some law, art. 1' },
        summary: { zh: '概括', en: 'summary' },
        marks: 'V/inferred/M',
      },
    ],
    facts: '事实',
    measures: [],
    actions: [],
    notice: [],
    items: [],
    attachments: [],
    gaps: [],
  };

  it.each(['zh-CN', 'en'] as const)(
    'a report in %s names platforms and says how the law is known',
    (language) => {
      const { blocks } = reportDocument(form, language, 'Asia/Shanghai');
      const text = JSON.stringify(blocks);
      for (const platform of Platform.options) {
        const name = PLATFORM_NAMES[platform][language === 'en' ? 'en' : 'zh'];
        expect(text).toContain(`${name} 张伟 p-1`);
      }
      expect(text).not.toContain('wecom 张伟');
      expect(text).toContain(
        language === 'en' ? 'text read / inferred / not checked' : '读过原文 / 推定 / 未核对',
      );
    },
  );
});
