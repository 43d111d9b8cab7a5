import { describe, expect, it } from 'vitest';
import { fieldMenu } from '../../src/main/menu.ts';

const FLAGS = { canCut: false, canCopy: false, canPaste: true, canSelectAll: true };

describe('the menu of the other button', () => {
  it('has what a field can do now, in the language of the system', () => {
    const items = fieldMenu('zh-CN', { isEditable: true, hasText: false, editFlags: FLAGS });
    expect(items.filter(({ enabled }) => enabled).map(({ label }) => label)).toEqual(['粘贴', '全选']);
  });

  it('copies marked text, and does not come up where there is none', () => {
    const flags = { ...FLAGS, canCopy: true };
    const on = (hasText: boolean) => fieldMenu('en-US', { isEditable: false, hasText, editFlags: flags });
    expect(on(true).map(({ role }) => role)).toEqual(['copy']);
    expect(on(false)).toEqual([]);
  });
});
