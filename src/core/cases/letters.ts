/**
 * Letters to a person whom a case is about: invited to answer, told what was decided, told what became of
 * an appeal. Each has the facts, the basis, what can be done against it and until when (Anti-Telecom-Fraud
 * Law, art. 32, asks for reason, remedy and materials). They are letters of an organisation and say so.
 */
import type { Block, Document } from '../documents/document.ts';
import type { LetterKind } from '../domain/hearing.ts';

export interface LetterFacts {
  readonly kind: LetterKind;
  readonly language: 'zh-CN' | 'en';
  readonly caseNumber: string;
  readonly party: string;
  readonly platformId: string | null;
  /** What the person is said to have done, in the officer's words. */
  readonly facts: string;
  /** Messages that the facts rest on. */
  readonly messages: readonly { readonly at: string; readonly place: string; readonly text: string }[];
  /** Citations in the letter's language. */
  readonly basis: readonly string[];
  /** The rules that bound the person, and the day on which they received them; empty where nothing proves it. */
  readonly rules: string;
  /** Whether the basis is proved; an unproved one is said. */
  readonly proved: boolean;
  /** Measures in the letter's language, with their days. */
  readonly measures: readonly string[];
  /** What the letter asks or says of its own: an appeal's outcome, or how the officer was heard. */
  readonly said: string;
  /** Whom to write to. */
  readonly contact: string;
  /** Day until which to answer or to appeal; empty where there is none. */
  readonly until: string;
  readonly today: string;
  readonly organisation: string;
  /** UTC milliseconds. */
  readonly at: number;
}

interface Words {
  readonly title: Record<LetterKind, string>;
  readonly dear: (name: string) => string;
  readonly opening: Record<LetterKind, (facts: LetterFacts) => string>;
  readonly facts: string;
  readonly messages: string;
  readonly columns: readonly [string, string, string];
  readonly basis: string;
  readonly unproved: string;
  readonly measures: Record<LetterKind, string>;
  readonly rights: string;
  readonly remedy: Record<LetterKind, (facts: LetterFacts) => string[]>;
  readonly number: string;
  readonly footer: string;
}

const ZH: Words = {
  title: { invitation: '陈述申辩通知书', decision: '处置告知书', 'appeal-outcome': '申诉处理结果告知书' },
  dear: (name) => `${name}：`,
  opening: {
    invitation: () =>
      '我们正在核实与您账号有关的下列情况，尚未作出处置决定。现将有关事实和可能的处置告知您，请您核对并陈述意见。',
    decision: () => '经核实，现将对您账号作出的处置及其事实、依据和救济途径告知如下。',
    'appeal-outcome': ({ said }) => `您对处置提出的申诉，已由未参与原决定的人员复核。处理结果：${said}`,
  },
  facts: '一、事实',
  messages: '相关内容',
  columns: ['时间', '所在', '内容'],
  basis: '二、依据',
  unproved: '本决定所依据的规章未能证明其通过或您已签收，今后不作为先前处置计入。',
  measures: { invitation: '三、拟作出的处置', decision: '三、处置', 'appeal-outcome': '三、处理后的处置' },
  rights: '四、您的权利',
  remedy: {
    invitation: ({ until, contact }) => [
      '您可以说明上述内容是否由您发布、是否有应当考虑的情况，并提交材料。',
      until ? `请在 ${until} 前答复；逾期未答复的，将依现有材料处理。` : '请及时答复。',
      `答复方式：${contact}`,
    ],
    decision: ({ until, contact }) => [
      until ? `对本处置不服的，可以在 ${until} 前提出申诉。` : '对本处置不服的，可以提出申诉。',
      '申诉请写明理由，并附能够证明的材料；由未参与本决定的人员复核。复核期间认为处置不当的，将立即解除。',
      '您有权查阅、复制您的个人信息（《个人信息保护法》第四十五条）。',
      `申诉方式：${contact}`,
    ],
    'appeal-outcome': ({ contact }) => [
      '处置被撤销或减轻的，超出部分立即解除。',
      '对处理结果仍有异议的，可以依法向有关部门投诉、申请仲裁或者提起诉讼。',
      `联系方式：${contact}`,
    ],
  },
  number: '案号',
  footer: '本文书由本单位出具，不是行政机关的文书',
};

const EN: Words = {
  title: {
    invitation: 'Invitation to answer',
    decision: 'Notice of a measure',
    'appeal-outcome': 'Outcome of your appeal',
  },
  dear: (name) => `To ${name}`,
  opening: {
    invitation: () =>
      'We are looking into the following in connection with your account. Nothing has been decided. Please check the facts and tell us what you have to say about them and about the measure that may follow.',
    decision: () =>
      'After verification the following measure was taken concerning your account. Below are the facts, what the measure rests on, and what you can do about it.',
    'appeal-outcome': ({ said }) =>
      `Your appeal was examined by a person who took no part in the decision. Outcome: ${said}`,
  },
  facts: '1. Facts',
  messages: 'What it is about',
  columns: ['Time', 'Where', 'Text'],
  basis: '2. Basis',
  unproved:
    'It could not be shown that the rules behind this decision were adopted, or that you received them; it will not count as an earlier decision.',
  measures: {
    invitation: '3. Measure that may follow',
    decision: '3. Measure',
    'appeal-outcome': '3. Measure as it now stands',
  },
  rights: '4. Your rights',
  remedy: {
    invitation: ({ until, contact }) => [
      'You may say whether this was published by you and what should be considered, and hand in material.',
      until
        ? `Please answer by ${until}. Without an answer the matter is decided on what there is.`
        : 'Please answer soon.',
      `How to answer: ${contact}`,
    ],
    decision: ({ until, contact }) => [
      until ? `You may appeal by ${until}.` : 'You may appeal.',
      'Please state your reasons and add material that supports them. Somebody who took no part in this decision will examine it; a measure found to be wrong is lifted at once.',
      'You may see and copy the personal information kept about you (Personal Information Protection Law, art. 45).',
      `How to appeal: ${contact}`,
    ],
    'appeal-outcome': ({ contact }) => [
      'Where the measure was overturned or reduced, what went beyond it is lifted at once.',
      'You may still complain to the competent authority, apply for arbitration or go to court as the law provides.',
      `Contact: ${contact}`,
    ],
  },
  number: 'Case',
  footer: 'A letter of this organisation, not of an authority',
};

export function buildLetter(letter: LetterFacts): Document {
  const words = letter.language === 'en' ? EN : ZH;
  const { kind } = letter;
  const blocks: Block[] = [
    { kind: 'title', text: words.title[kind] },
    { kind: 'paragraph', text: `${words.number}：${letter.caseNumber}`, look: 'right' },
    {
      kind: 'paragraph',
      text: words.dear(letter.platformId ? `${letter.party}（${letter.platformId}）` : letter.party),
    },
    { kind: 'paragraph', text: words.opening[kind](letter), look: 'indent' },
    { kind: 'heading', level: 1, text: words.facts },
    ...letter.facts.split('\n').map((line): Block => ({ kind: 'paragraph', text: line, look: 'indent' })),
  ];
  if (letter.messages.length > 0) {
    blocks.push(
      { kind: 'heading', level: 2, text: words.messages },
      {
        kind: 'table',
        columns: words.columns.map((title, index) => ({ title, share: index === 2 ? 6 : 2 })),
        rows: letter.messages.map(({ at, place, text }) => [at, place, text]),
      },
    );
  }
  blocks.push(
    { kind: 'heading', level: 1, text: words.basis },
    { kind: 'list', items: [...letter.basis, ...(letter.rules ? [letter.rules] : [])] },
    ...(letter.proved ? [] : [{ kind: 'paragraph', text: words.unproved, look: 'notice' } as const]),
    { kind: 'heading', level: 1, text: words.measures[kind] },
    { kind: 'list', items: letter.measures },
    { kind: 'heading', level: 1, text: words.rights },
    { kind: 'list', items: words.remedy[kind](letter) },
    { kind: 'paragraph', text: letter.organisation, look: 'right' },
    { kind: 'paragraph', text: letter.today, look: 'right' },
  );
  return {
    language: letter.language,
    title: `${words.title[kind]} ${letter.caseNumber}`,
    header: `${letter.caseNumber} · ${words.title[kind]}`,
    footer: words.footer,
    at: letter.at,
    blocks,
  };
}
