import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { getCase, openCase } from '../../src/core/app/cases/cases.ts';
import {
  answerInspection,
  listInspections,
  recordInspection,
} from '../../src/core/app/duties/inspections.ts';
import { Inspection } from '../../src/core/domain/duty.ts';
import { type CaseWorkspace, caseWorkspace, START } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });
const HOUR = 3_600_000;
let w: CaseWorkspace;
afterEach(() => w.close());

describe('the register of inspections and assistance', () => {
  it('keeps who asked what, under which document, what was given and who signed', () => {
    w = caseWorkspace({ profile: 'platform' });
    w.tell([{ by: '张伟', text: '消息' }]);
    const hitIds = w.find([{ on: 0, category: 'gambling' }]);
    w.confirm(hitIds);
    const caseId = openCase(w.desk, { hitIds }).summary.id;
    const entered = recordInspection(w.desk, {
      kind: 'assistance',
      authority: ' 某派出所 ',
      documentNumber: '调证〔2026〕1号',
      legalBasis: '刑事诉讼法',
      request: '调取聊天记录',
      receivedAt: START - HOUR,
      dueAt: START + HOUR,
      caseId,
      file: join(process.cwd(), 'package.json'),
    });
    expect(Inspection.parse(entered)).toMatchObject({
      authority: '某派出所',
      state: 'open',
      overdue: false,
      caseNumber: expect.stringMatching(/^C-/),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      answer: null,
    });
    w.wait(2 * HOUR);
    expect(listInspections(w.desk)[0]?.overdue).toBe(true);
    const answer = { inspectionId: entered.id, given: '证据包一份', signedBy: '王警官' };
    expect(() => answerInspection(w.desk, { ...answer, at: START - 2 * HOUR })).toThrow(
      failing('invalid-input'),
    );
    expect(answerInspection(w.desk, { ...answer, at: START })).toMatchObject({
      state: 'answered',
      overdue: false,
      answer: { given: '证据包一份', signedBy: '王警官' },
    });
    expect(() => answerInspection(w.desk, { ...answer, at: START })).toThrow(failing('conflict'));
    expect(
      getCase(w.desk, { caseId })
        .timeline.slice(-2)
        .map(({ type }) => type),
    ).toEqual(['inspection.recorded', 'inspection.answered']);
  });
});
