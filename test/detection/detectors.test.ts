import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { DETECTOR_NAMES, type DetectorName } from '../../src/core/detection/detector-names.ts';
import { passesBech32 } from '../../src/core/detection/detectors/crypto-wallet.ts';
import { registeredDomain } from '../../src/core/detection/detectors/link.ts';
import { DETECTORS, detectorNamed } from '../../src/core/detection/detectors/registry.ts';
import { DetectorText, type Finding } from '../../src/core/detection/finding.ts';
import { judge } from '../../src/core/detection/judge.ts';
import { CHECKED_DETECTORS } from '../../src/core/rules/unreachable.ts';
import { anyText } from './arbitraries.ts';
import { compiled, GROUP_POST, packOf } from './rules-fixture.ts';

/** Thousands of cases on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const find = (name: DetectorName, text: string): Finding[] =>
  detectorNamed(name).find(new DetectorText(text));

/** A finding as a line: its value, `!` where its check fails, its flags. */
const shown = ({ value, valid, flags }: Finding): string => [valid ? value : `${value}!`, ...flags].join(' ');

describe('the registry', () => {
  it('has one detector for each name, in the same order', () => {
    expect(DETECTORS.map(({ name }) => name)).toEqual([...DETECTOR_NAMES]);
  });
});

const CASES: Readonly<Record<DetectorName, readonly [string, readonly string[]][]>> = {
  'resident-id': [
    ['身份证11010119900307747５', ['110101199003077475 labelled']],
    ['１１０１０１１９９００３０７７４７５', ['110101199003077475']],
    ['110101\u200b199003077475', ['110101199003077475']],
    ['11010519491231002x', ['11010519491231002X']],
    ['110105194912310021', ['110105194912310021!']],
    ['990105194912310021', []],
    ['110105194913310021', []],
    ['身份证号 130503670401001', ['130503670401001 labelled']],
    ['单号 130503670401001', []],
    ['6222110101199003077475', []],
    ['我的身份证110101199003077475', ['110101199003077475 self labelled']],
  ],
  mobile: [
    ['打13800138000找我', ['13800138000 self']],
    ['+86 138 0013 8000', ['13800138000']],
    ['0086-138-0013-8000', ['13800138000']],
    ['1 3 8 0 0 1 3 8 0 0 0', ['13800138000']],
    ['一三八零零一三八零零零', ['13800138000']],
    ['①③⑧⓪⓪①③⑧⓪⓪⓪', ['13800138000']],
    ['酒店前台13800138000', ['13800138000 business']],
    ['010-69016673;13716225663', ['13716225663 business']],
    ['王芳的手机 13912345678', ['13912345678 labelled']],
    ['订单 20240113800138000', []],
    ['ABC13800138000', []],
    ['tel13800138000', ['13800138000 labelled']],
    ['0.13800138000', []],
    ['12800138000', []],
    ['138001380001', []],
  ],
  landline: [
    ['010-65221188', ['01065221188']],
    ['(0755)86012345转8', ['0755860123458']],
    ['酒店电话是010-65221188', ['01065221188 business labelled']],
    ['400-800-8888', ['4008008888 business']],
    ['021 - 6888 8888', ['02168888888']],
    ['座机 65221188', ['65221188 labelled']],
    ['共 65221188 元', []],
    ['2024-0101-65221188', []],
  ],
  'bank-card': [
    ['卡号6222 0213 0600 1234 564', ['6222021306001234564! labelled']],
    ['单号6222 0213 0600 1234 564', []],
    ['6225880137289903', []],
    ['银行卡 6225880137289902', ['6225880137289902! labelled']],
    ['4111-1111-1111-1111', ['4111111111111111']],
    ['1111111111111111', []],
    ['110101199003077475', []],
  ],
  passport: [
    ['护照 E12345678', ['E12345678 labelled']],
    ['EA1234567', []],
    ['护照EA1234567', ['EA1234567 labelled']],
    ['G12345678', ['G12345678']],
    ['型号 X12345678', []],
    ['回乡证H1234567890', ['H1234567890 labelled']],
  ],
  'licence-plate': [
    ['车牌粤B12345', ['粤B12345 labelled']],
    ['京A·8G2K1', ['京A8G2K1']],
    ['沪AD12345', ['沪AD12345']],
    ['粤Z1234港', ['粤Z1234港']],
    ['川ABCDEF', []],
    ['新A123456789', []],
  ],
  address: [
    ['我住在朝阳区建国路88号院3号楼2单元501室', ['朝阳区建国路88号院3号楼2单元501室 self labelled']],
    ['寄到广东省深圳市南山区科技园路1号', ['广东省深圳市南山区科技园路1号 labelled']],
    ['中山路十二号', ['中山路十二号']],
    ['酒店地址是东城区王府井大街33号', ['东城区王府井大街33号 business labelled']],
    ['今天3号出发', []],
    ['去北京市朝阳区', []],
    ['坐地铁2号线', []],
    ['据说村里那家房子五层', []],
    ['政府从六月一号起', []],
    ['临街刷一层', []],
  ],
  email: [
    ['邮箱Zhang.San@Example.com', ['zhang.san@example.com labelled']],
    ['ｔｅｓｔ＠qq．com', ['test@qq.com']],
    ['service@shop.cn', ['service@shop.cn business']],
    ['a@b', []],
    ['@all 开会', []],
  ],
  'social-credit-code': [
    ['91350100M000100Y43', ['91350100M000100Y43 business']],
    ['税号91350100M000100Y44', ['91350100M000100Y44! business labelled']],
    ['91350100M000100Y44', []],
    ['110101199003077475', []],
  ],
  qq: [
    ['加QQ：1234567', ['1234567 labelled']],
    ['扣扣 12345', ['12345 labelled']],
    ['q q 群 123456789', ['123456789 labelled']],
    ['企鹅②③④⑤⑥⑦', ['234567 labelled']],
    ['群号：123456789', ['123456789 labelled']],
    ['q-q：12345', ['12345 labelled']],
    ['1234567@qq.com', []],
    ['QQ飞车', []],
  ],
  wechat: [
    ['微信号lily_2020', ['lily_2020 labelled']],
    ['加我微信：wxid-abc1', ['wxid-abc1 self labelled']],
    ['➕V abc123', ['abc123 labelled']],
    ['薇信 ＡＢＣ１２３', ['ABC123 labelled']],
    ['v：abcdefg', ['abcdefg labelled']],
    ['薇：a1b2c3d4', ['a1b2c3d4 labelled']],
    ['微信支付 android', []],
    ['vx 13800138000', ['13800138000 labelled']],
    ['mvx abc123', []],
  ],
  link: [
    ['看https://a.example.com/x?y=1。', ['https://a.example.com/x?y=1']],
    ['hxxp://evil.top/a', ['http://evil.top/a disguised']],
    ['https://xn--fiq228c.com/a', ['https://xn--fiq228c.com/a disguised']],
    ['登录 www。abc123。com 领取', ['http://www.abc123.com disguised']],
    ['abc点com', ['http://abc.com disguised']],
    ['http://1.2.3.4:8080/a', ['http://1.2.3.4/a']],
    ['版本 1.2.3', []],
    ['见 report.doc', []],
    ['a@example.com', []],
    ['t.cn/A6xyz', ['http://t.cn/A6xyz']],
  ],
  'short-link': [
    ['t.cn/A6xyz 和 https://bit.ly/3x', ['http://t.cn/A6xyz', 'https://bit.ly/3x']],
    ['https://www.gov.cn/', []],
  ],
  'crypto-wallet': [
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa']],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb!']],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4']],
    ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t']],
    ['0x52908400098527886E0F7030069857D2E4169EE7', ['0x52908400098527886E0F7030069857D2E4169EE7']],
    ['0x1234', []],
  ],
  'secrecy-marking': [
    ['机密★10年', ['机密']],
    ['【绝密】方案', ['绝密']],
    ['秘密\n关于', ['秘密']],
    ['密级：机密', ['机密']],
    ['国办发〔2023〕12号', ['国办发〔2023〕12号 document']],
    ['告诉你一个秘密', []],
    ['机密的事别说', []],
  ],
  contact: [
    ['加我微信abc_123', ['abc_123 self']],
    ['需要的私聊我', ['私聊我! self']],
    ['扫码进群', ['扫码进群!']],
    ['加V：abc123 详聊', ['abc123']],
    ['联系QQ123456', ['123456']],
    ['电报@good_shop', ['@good_shop']],
    ['加个微信吧', ['加个微信!']],
    ['wx同步13800138000', ['13800138000']],
    ['加w：abc123', ['abc123']],
    ['联系我QQ123456', ['123456 self']],
    ['飞机 @good_shop', ['@good_shop']],
    ['坐飞机 12:30到', []],
    ['加飞机 @good_shop', ['@good_shop']],
    ['他参加我们的会', []],
  ],
  'driving-licence': [
    ['驾驶证档案编号：440300123456', ['440300123456 labelled']],
    ['驾照号 110101199003077475', ['110101199003077475 labelled']],
    ['驾照号 110101199003077476', ['110101199003077476! labelled']],
    ['编号440300123456', []],
  ],
  birthday: [
    ['出生日期：1990年3月7日', ['1990-03-07 labelled']],
    ['她生日是 90/3/7', ['1990-03-07 labelled']],
    ['我的生日3月7日', ['--03-07 self labelled']],
    ['1990.03.07出生', ['1990-03-07 labelled']],
    ['他19900307生人', ['1990-03-07 labelled']],
    ['出生于1990年13月7日', []],
    ['3月7日开会', []],
    ['演员陈某，生于1970年3月7日', ['1970-03-07 business labelled']],
  ],
  health: [
    ['小王查出了乙肝', ['乙肝']],
    ['住院号：A123456', ['A123456 labelled']],
    ['我确诊抑郁症', ['抑郁症 self']],
    ['隔壁张伟得了艾滋病', ['艾滋病']],
    ['乙肝是怎么传染的', []],
    ['要预防糖尿病', []],
  ],
  travel: [
    ['王总明天坐CA1501去上海', ['CA1501']],
    ['他坐的高铁G1234次', ['G1234']],
    ['老李入住希尔顿酒店1203房', ['1203']],
    ['我坐G7回来', ['G7 self']],
    ['G1234次列车晚点', []],
    ['买个iPhone15', []],
  ],
  'group-invite': [
    ['进来聊 https://t.me/+AbCdEf123', ['https://t.me/+AbCdEf123']],
    ['"张三"邀请"李四"加入了群聊', ['李四 event']],
    ['"王五"通过扫描"张三"分享的二维码加入群聊', ['王五 event']],
    ['chat.whatsapp.com/AbCdEf123', ['chat.whatsapp.com/AbCdEf123']],
    ['大家入群聊聊', []],
  ],
};

it('tells links into a group from what the program wrote about joining', () => {
  const flagged = (event: boolean) =>
    compiled(packOf([{ match: { detector: 'group-invite', flags: { event } } }]));
  const [link, told] = ['进来聊 https://t.me/+AbCdEf123', '"张三"邀请"李四"加入了群聊'] as const;
  const holds = (event: boolean, text: string) => judge(flagged(event), text, GROUP_POST).length > 0;
  expect([holds(true, link), holds(false, link), holds(true, told), holds(false, told)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

describe.each(DETECTOR_NAMES)('%s', (name) => {
  it.each(CASES[name])('%s', (text, expected) => {
    expect(find(name, text).map(shown)).toEqual(expected);
  });

  it('looks at every text in which it can find something', () => {
    const failed = CHECKED_DETECTORS.has(name) ? [{ detector: name, valid: false }] : [];
    const rules = compiled(packOf([{ match: { any: [{ detector: name }, ...failed] } }]));
    for (const [text, expected] of CASES[name]) {
      expect([text, judge(rules, text, GROUP_POST).length > 0]).toEqual([text, expected.length > 0]);
    }
  });

  it('never throws, and its spans are spans of the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { start, end } of find(name, text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
    );
  });
});

describe('the registered domain', () => {
  it.each([
    ['a.b.example.com', 'example.com'],
    ['shop.example.com.cn', 'example.com.cn'],
    ['example.co.uk', 'example.co.uk'],
    ['1.2.3.4', '1.2.3.4'],
  ])('of %s is %s', (host, domain) => {
    expect(registeredDomain(host)).toBe(domain);
  });
});

describe('bech32', () => {
  it.each([
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    'bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs',
  ])('accepts %s (BIP 350)', (address) => {
    expect(passesBech32(address)).toBe(true);
  });
});
