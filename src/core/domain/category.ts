import { z } from 'zod';

/** How grave a category is by nature: forbidden by law, bad but lawful, or against a house rule. */
export const Tier = z.enum(['illegal', 'harmful', 'house-rule']);
export type Tier = z.infer<typeof Tier>;

/**
 * The "seven bottom lines" an account holder promises to keep (2014 provisions on public
 * information services of instant messaging tools, art. 6; S1-8).
 */
export const BottomLine = z.enum([
  'law',
  'socialist-system',
  'national-interest',
  'citizens-rights',
  'public-order',
  'morality',
  'truth',
]);
export type BottomLine = z.infer<typeof BottomLine>;

interface CategoryEntry {
  readonly tier: Tier;
  readonly severity: 1 | 2 | 3 | 4 | 5;
  readonly zh: string;
  readonly en: string;
  readonly bottomLine: BottomLine;
  /** Where the organisation must load its own lists; only a human decides (S0-5, S4-1). */
  readonly organisationLoaded?: true;
}

/** Every category. The ids are part of the contract: packs, hits, cases and reports carry them. */
export const CATEGORIES = {
  gambling: { tier: 'illegal', severity: 4, zh: '赌博', en: 'Gambling', bottomLine: 'law' },
  pornography: { tier: 'illegal', severity: 4, zh: '淫秽色情', en: 'Pornography', bottomLine: 'law' },
  drugs: { tier: 'illegal', severity: 5, zh: '毒品', en: 'Drugs', bottomLine: 'law' },
  weapons: { tier: 'illegal', severity: 5, zh: '枪支弹药与管制器具', en: 'Weapons', bottomLine: 'law' },
  'counterfeit-documents': {
    tier: 'illegal',
    severity: 4,
    zh: '伪造证件印章票据',
    en: 'Counterfeit documents',
    bottomLine: 'law',
  },
  fraud: { tier: 'illegal', severity: 4, zh: '诈骗', en: 'Fraud', bottomLine: 'citizens-rights' },
  'illegal-finance': {
    tier: 'illegal',
    severity: 4,
    zh: '非法金融',
    en: 'Illegal finance',
    bottomLine: 'law',
  },
  'illicit-services': {
    tier: 'illegal',
    severity: 4,
    zh: '黑灰产服务',
    en: 'Illicit services',
    bottomLine: 'law',
  },
  'contraband-goods': {
    tier: 'illegal',
    severity: 4,
    zh: '其他违禁品',
    en: 'Contraband goods',
    bottomLine: 'law',
  },
  piracy: { tier: 'illegal', severity: 3, zh: '侵权盗版', en: 'Piracy', bottomLine: 'citizens-rights' },
  'violence-terror': {
    tier: 'illegal',
    severity: 5,
    zh: '暴力恐怖',
    en: 'Violence and terror',
    bottomLine: 'public-order',
  },
  'superstition-cult': {
    tier: 'illegal',
    severity: 3,
    zh: '封建迷信与邪教',
    en: 'Superstition and cults',
    bottomLine: 'public-order',
  },
  'state-secrets': {
    tier: 'illegal',
    severity: 5,
    zh: '涉密信息',
    en: 'State secrets',
    bottomLine: 'national-interest',
  },
  'false-rumour': { tier: 'illegal', severity: 3, zh: '虚假谣言', en: 'False rumours', bottomLine: 'truth' },
  'personal-information': {
    tier: 'illegal',
    severity: 3,
    zh: '个人信息泄露',
    en: 'Personal information',
    bottomLine: 'citizens-rights',
  },
  'vulgar-content': {
    tier: 'harmful',
    severity: 2,
    zh: '低俗内容',
    en: 'Vulgar content',
    bottomLine: 'morality',
  },
  'scandal-hype': {
    tier: 'harmful',
    severity: 2,
    zh: '炒作绯闻丑闻',
    en: 'Scandal hype',
    bottomLine: 'morality',
  },
  'marketing-spam': {
    tier: 'harmful',
    severity: 1,
    zh: '营销骚扰',
    en: 'Marketing spam',
    bottomLine: 'public-order',
  },
  abuse: { tier: 'house-rule', severity: 2, zh: '辱骂攻击', en: 'Abuse', bottomLine: 'citizens-rights' },
  harassment: {
    tier: 'house-rule',
    severity: 3,
    zh: '骚扰',
    en: 'Harassment',
    bottomLine: 'citizens-rights',
  },
  'off-topic': {
    tier: 'house-rule',
    severity: 1,
    zh: '与工作无关',
    en: 'Off topic',
    bottomLine: 'public-order',
  },
  'private-chat': {
    tier: 'house-rule',
    severity: 1,
    zh: '群内私聊',
    en: 'Private chat',
    bottomLine: 'public-order',
  },
  'unauthorised-invite': {
    tier: 'house-rule',
    severity: 2,
    zh: '擅自拉人入群',
    en: 'Unauthorised invite',
    bottomLine: 'public-order',
  },
  'real-name': {
    tier: 'house-rule',
    severity: 1,
    zh: '未实名群名片',
    en: 'Real name',
    bottomLine: 'truth',
  },
  'notice-unsigned': {
    tier: 'house-rule',
    severity: 1,
    zh: '通知未签收',
    en: 'Notice unsigned',
    bottomLine: 'public-order',
  },
  'muted-group': {
    tier: 'house-rule',
    severity: 1,
    zh: '工作群免打扰',
    en: 'Muted group',
    bottomLine: 'public-order',
  },
  'unlicensed-news': {
    tier: 'house-rule',
    severity: 3,
    zh: '无资质发布时政新闻',
    en: 'Unlicensed news',
    bottomLine: 'law',
  },
  'unverified-account': {
    tier: 'house-rule',
    severity: 2,
    zh: '未核验账号',
    en: 'Unverified account',
    bottomLine: 'truth',
  },
  'political-content': {
    tier: 'house-rule',
    severity: 3,
    zh: '政治类内容（本单位自建名单）',
    en: 'Political content (own lists)',
    bottomLine: 'socialist-system',
    organisationLoaded: true,
  },
  'historical-nihilism': {
    tier: 'house-rule',
    severity: 3,
    zh: '历史虚无主义（本单位自建名单）',
    en: 'Historical nihilism (own lists)',
    bottomLine: 'national-interest',
    organisationLoaded: true,
  },
} as const satisfies Record<string, CategoryEntry>;

export type CategoryId = keyof typeof CATEGORIES;
export const CATEGORY_IDS = Object.keys(CATEGORIES) as [CategoryId, ...CategoryId[]];
export const CategoryId = z.enum(CATEGORY_IDS);

/** The entry of a category, with its optional marks. */
export function categoryOf(id: CategoryId): CategoryEntry {
  return CATEGORIES[id];
}
