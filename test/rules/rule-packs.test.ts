import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openResources } from '../../src/core/app/resources.ts';
import { judge, type TextContext } from '../../src/core/detection/judge.ts';
import { CATEGORY_IDS, type CategoryId, categoryOf } from '../../src/core/domain/category.ts';
import { loadDutyRoutes } from '../../src/core/duties/duty-routes.ts';
import { resolveBasis } from '../../src/core/law/basis.ts';
import { loadHouseRules } from '../../src/core/law/house-rules.ts';
import { loadLawLibrary } from '../../src/core/law/law-library.ts';
import { failingExamples, loadRules } from '../../src/core/rules/load-rules.ts';
import { parsePack, parsePackText } from '../../src/core/rules/rule-pack.ts';

const resource = (path: string) => new URL(`../../resources/${path}`, import.meta.url);
const text = (path: string) => readFileSync(resource(path), 'utf8');
const names = readdirSync(resource('rule-packs/')).filter((name) => name.endsWith('.json'));
const packs = names.map((name) => {
  const parsed = parsePackText(text(`rule-packs/${name}`), 'shipped');
  if (!parsed.ok) throw new Error(parsed.errors.map(({ path, detail }) => `${path}: ${detail}`).join('\n'));
  return parsed.loaded;
});
const rules = packs.flatMap(({ pack }) => pack.rules);
const { classifier } = openResources(fileURLToPath(resource('')));
const result = loadRules(packs, classifier);
if (!result.ok) throw new Error(result.errors.map(({ path, detail }) => `${path}: ${detail}`).join('\n'));
const { compiled } = result;

const POST: TextContext = { act: 'own-post', conversationType: 'group', messageKind: 'text' };
const found = (message: string, context: TextContext = POST) => judge(compiled, message, context);
const hitCategories = (message: string, context: TextContext = POST) =>
  new Set(found(message, context).flatMap(({ status, category }) => (status === 'hit' ? [category] : [])));

describe('the shipped packs', () => {
  it('are known by name, and all their examples come out as written', () => {
    expect(names.toSorted()).toEqual([
      'behaviour.json',
      'classifier-backed.json',
      'clean-up.json',
      'contraband-trade.json',
      'personal-information.json',
      'work-group.json',
    ]);
    expect(failingExamples(compiled)).toEqual([]);
    expect(rules.length).toBeGreaterThanOrEqual(150);
  });

  it('have no rule id twice, in whatever pack', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s: examples of both sides, basis that holds',
    (_, rule) => {
      expect(new Set(rule.examples?.hit).size).toBeGreaterThanOrEqual(3);
      expect(new Set(rule.examples?.clean).size).toBeGreaterThanOrEqual(3);
      const law = loadLawLibrary(JSON.parse(text('law/articles.json')));
      const house = loadHouseRules(JSON.parse(text('law/house-rules.json')));
      const resolved = (rule.basis ?? []).map((reference) =>
        resolveBasis(reference, '2025-06-15', law, house),
      );
      expect(resolved.length).toBeGreaterThan(0);
      for (const basis of resolved) expect(basis.kind, basis.reference).not.toBe('dead');
      // What law forbids rests on law; every rule rests on a clause of the house (S4-12).
      if (categoryOf(rule.category).tier === 'illegal')
        expect(resolved.map(({ kind }) => kind)).toContain('law');
      expect(resolved.map(({ kind }) => kind)).toContain('house');
    },
  );

  it.each([
    'Nico (admin) removed +1 202-555-0188',
    'agree: wmLZ0DEQAA0qit74TljJQX8by6Jb8fcz',
    '王小明 撤回了一条消息',
    '下载安装包就能看全集，会员免费',
  ])('have no opinion on the manner of what the application wrote: %s', (notice) => {
    for (const messageKind of ['system', 'consent', 'recall'] as const) {
      const packs = found(notice, { ...POST, messageKind }).map(({ pack }) => pack);
      expect(packs, messageKind).not.toContain('classifier');
    }
  });

  it('cover every category that words can tell', () => {
    const byOtherMeans: CategoryId[] = [
      'real-name',
      'notice-unsigned',
      'muted-group',
      'unlicensed-news',
      'unverified-account',
      'political-content',
      'historical-nihilism',
    ];
    const covered = new Set(rules.map(({ category }) => category));
    expect(CATEGORY_IDS.filter((id) => !covered.has(id))).toEqual(byOtherMeans);
  });

  it('hold the rules that duty routes name', () => {
    const ids = new Set(rules.map(({ id }) => id));
    const routes = loadDutyRoutes(JSON.parse(text('duty-routes/platform.json'))).routes;
    for (const id of routes.flatMap(({ when }) => when.rules)) expect(ids, id).toContain(id);
  });
});

describe('evasive spellings', () => {
  it.each<[string, CategoryId]>([
    ['代 開 發 票，驗 票 後 付 款，加V', 'counterfeit-documents'],
    ['高*仿*人*民*币，可过验钞机', 'contraband-goods'],
    ['ｕｓｄｔ承兑，秒结，点位好', 'illegal-finance'],
    ['裸\u200b聊妹子在线，加qq', 'pornography'],
    ['上/分/下/分 找财务', 'gambling'],
    ['傻​逼​玩意', 'abuse'],
    ['Fаke раssроrt, high quality, worldwide delivery', 'counterfeit-documents'],
  ])('%s', (message, category) => {
    expect(hitCategories(message)).toContain(category);
  });
});

describe('speaking about it is not doing it', () => {
  it.each([
    ['an anti-fraud notice', '【反诈中心】凡是“刷单返佣、日结刷单”都是诈骗，切勿转账，谨防上当'],
    ['the police on gambling', '警方通报：捣毁一个“上分下分”网络赌博团伙，抓获12人'],
    ['the legal department', '法务：红包扫雷群主抽水，构成开设赌场罪的判例见附件'],
    ['a question about a form', '客户问我们能不能代开病假条，当然不能，这是违法的'],
    ['a complaint that quotes', '他骂我是傻逼，我要投诉'],
    ['a film', '电影里他贩卖冰毒，最后被抓，剧情很沉重'],
    ['a hotel', '酒店前台电话 010-65221234，手机 13812345678，可以订房'],
    ['a drug prevention class', '禁毒宣传：上头电子烟、听话水、笑气都不能碰'],
  ])('%s', (_, message) => {
    expect([...hitCategories(message)]).toEqual([]);
  });

  it('does not judge what is only quoted', () => {
    const message = '日结刷单，一单10到50，加V';
    expect(hitCategories(message)).toContain('fraud');
    expect([...hitCategories(message, { ...POST, act: 'quote' })]).toEqual([]);
  });
});

describe('a template for the organisation’s own lists', () => {
  const templates = readdirSync(resource('rule-packs/templates/'));
  it.each(templates)('%s holds no words, and works once they are filled in', (name) => {
    const template = JSON.parse(text(`rule-packs/templates/${name}`));
    const empty = parsePack(template, 'organisation');
    expect(empty.ok || empty.errors.map(({ path }) => path)).toEqual(['rules[0].match.terms']);
    const filled = structuredClone(template);
    filled.rules[0].match.terms.push('某词');
    const own = parsePack(filled, 'organisation');
    expect(own).toMatchObject({ ok: true });
    expect(own.ok && own.loaded.pack.rules.every(({ status }) => status === 'proposal')).toBe(true);
    expect(parsePack(filled, 'shipped')).toMatchObject({ ok: false });
  });

  it('is there for both categories', () => {
    expect(templates.toSorted()).toEqual(['historical-nihilism.json', 'political-content.json']);
  });
});
