/**
 * A person's health (a field of the Civil Code's list, article 1034): numbers of patients, and an illness said of
 * somebody. An illness alone is talk about illness.
 */
import type { Detector, Finding } from '../finding.ts';
import { finding, isSelf } from './context.ts';
import { withoutOverlaps } from './overlaps.ts';

const RECORD =
  /(?:病历号?|住院号|门诊号|就诊卡号?|医保卡?号|社保卡?号|病案号)[\s:：是为]{0,3}([A-Za-z]?\d{5,18})(?!\d)/g;
const ILLNESS =
  '(?:艾滋病?|HIV(?:阳性|感染)?|梅毒|尖锐湿疣|淋病|性病|乙肝|丙肝|肺结核|抑郁症?|躁郁症|双相情感障碍|双相|精神分裂症?|精神病|癫痫|白血病|[肺肝胃肠乳脑]腺?癌|[\\u4e00-\\u9fa5]{0,3}癌(?:早期|晚期)?|尿毒症|糖尿病|不孕(?:不育)?症?|阳痿|早泄|流产|人流|堕胎)';
const PERSON =
  '(?:我|他|她|[小老阿][\\u4e00-\\u9fa5]|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤][\\u4e00-\\u9fa5]{1,2}|(?:同事|邻居|患者|病人|员工|老婆|老公|前任|对象|女朋友|男朋友|室友|同学|老师)[\\u4e00-\\u9fa5]{0,3})';
const SAID = new RegExp(
  `${PERSON}[^。!?;\\n]{0,8}?(?:得了|患有|患了|患上|确诊(?:了|为)?|查出(?:来)?(?:了)?|被诊断(?:为|出)|诊断(?:为|是)|感染了?|携带|有|是|做(?:了|过))(?:了)?(${ILLNESS})(?:患者|携带者|阳性)?`,
  'g',
);
const QUICK = /[病癌肝疣毒痫痿泄孕产流堕郁精相]|HIV|号/i;

export const health: Detector = {
  name: 'health',
  wants: () => true,
  find({ original, plain }) {
    if (!QUICK.test(original)) return [];
    const found: Finding[] = [];
    for (const shape of [RECORD, SAID]) {
      for (const match of plain.text.matchAll(shape)) {
        const from = match.index;
        const to = from + match[0].length;
        found.push(
          finding('health', plain, from, to, {
            value: match[1] as string,
            labelled: shape === RECORD,
            self: match[0].startsWith('我') || isSelf(plain.text, from, to),
          }),
        );
      }
    }
    return withoutOverlaps(found);
  },
};
