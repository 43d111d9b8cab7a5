/**
 * A person's travel (a field of the Civil Code's list, article 1034): a flight or train that somebody takes, with its
 * number, or a hotel room that somebody stays in. Timetables and advertisements name trains too;
 * they name no traveller.
 */
import { FEATURE } from '../features.ts';
import type { Detector, Finding } from '../finding.ts';
import { finding, isBusiness } from './context.ts';
import { withoutOverlaps } from './overlaps.ts';

const WHO =
  '(?:我|他|她|[小老阿][\\u4e00-\\u9fa5]|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑][\\u4e00-\\u9fa5]{0,2}[总工姐哥]?|[\\u4e00-\\u9fa5]{1,3}(?:总|经理|老师|先生|女士))';
const NUMBER = '((?:[A-Z]{2}|[0-9][A-Z]|[A-Z][0-9])\\d{3,4}|[GDCZTK]\\d{1,4})';
const RIDE = new RegExp(
  `${WHO}[^。!?;\\n]{0,16}?(?:坐|乘|搭|飞|航班|车次|机票|车票|高铁|动车|火车)[^。!?;\\n]{0,8}?(?<![A-Za-z0-9])${NUMBER}(?![A-Za-z0-9])(?:次|航班)?`,
  'gi',
);
const ROOM = new RegExp(
  `${WHO}[^。!?;\\n]{0,10}?(?:住|入住)[^。!?;\\n]{0,16}?(?:酒店|宾馆|旅馆|民宿)[^。!?;\\n]{0,8}?(\\d{3,4})\\s?(?:号?房|室)`,
  'g',
);

export const travel: Detector = {
  name: 'travel',
  wants: (features, digits) => digits >= 3 || (digits >= 1 && (features & FEATURE.latin) !== 0),
  find({ plain }) {
    const found: Finding[] = [];
    for (const shape of [RIDE, ROOM]) {
      for (const match of plain.text.matchAll(shape)) {
        const from = match.index;
        const to = from + match[0].length;
        const business = shape === RIDE && isBusiness(plain.text, from, to);
        found.push(
          finding('travel', plain, from, to, {
            value: (match[1] as string).toUpperCase(),
            business,
            self: match[0].startsWith('我'),
          }),
        );
      }
    }
    return withoutOverlaps(found);
  },
};
