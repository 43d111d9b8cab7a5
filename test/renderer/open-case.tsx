/** The page of one case over the test double of the bridge. */
import { fireEvent, screen } from '@testing-library/react';
import type { CaseDetail } from '../../src/core/domain/case.ts';
import { account, message, pageOf } from './builders.ts';
import { ME, proposal, SECOND } from './case-builders.ts';
import { type Answers, renderApp, uid } from './support.tsx';

export const CASE = uid(40);

export const openCase = (detail: CaseDetail, tab: string | null, change: Answers = {}) =>
  renderApp({
    at: `/cases/${CASE}${tab ? `?tab=${tab}` : ''}`,
    answers: {
      'cases.get': () => detail,
      'officers.list': () => [ME, SECOND],
      'decisions.propose': () => proposal(),
      'messages.search': () => pageOf([message(1), message(2)], {}),
      'conversations.list': () => pageOf([], {}),
      'accounts.list': () => pageOf([account(1)], {}),
      'sources.list': () => [],
      ...change,
    },
  });

export const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
export const pick = async (box: HTMLElement, option: string) => {
  fireEvent.click(box);
  fireEvent.click(await screen.findByRole('option', { name: option, hidden: true }));
};
