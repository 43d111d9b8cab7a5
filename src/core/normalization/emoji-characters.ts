/**
 * What emoji and signs are read as where they stand for characters (🐮🐮 for 牛牛, 🐧 for QQ, ✈ for
 * 飞机). Written by hand: the plain Chinese name of what is shown, shortened to what is said; the
 * sound of the name does the rest (⌚ 表 for 婊). Several readings are parted by a space.
 */
import { codePointAt } from '../domain/code-point.ts';

const READINGS = `
🐮 牛|🐂 牛|🐄 牛|🐴 马|🐎 马|🦄 马|🐔 鸡|🐓 鸡|🐤 鸡|🐣 鸡|🐥 鸡|🐶 狗|🐕 狗|🐩 狗|🐷 猪|🐖 猪|🐽 猪|🐑 羊|🐏 羊|🐐 羊|🦆 鸭
🐦 鸟|🕊 鸽|🦢 鹅|🐧 qq 鹅|🐢 龟|🐍 蛇|🐟 鱼|🐠 鱼|🐡 鱼|🐳 鲸|🐋 鲸|🐬 豚|🦐 虾|🦀 蟹|🐸 蛙|🐛 虫|🐜 蚁|🐝 蜂|🦋 蝶|🕷 蛛
🐭 鼠|🐁 鼠|🐀 鼠|🐰 兔|🐇 兔|🐯 虎|🐅 虎|🦁 狮|🐺 狼|🦊 狐|🐻 熊|🐼 熊猫|🐲 龙|🐉 龙|🐒 猴|🐵 猴|🐘 象|🦌 鹿|🦇 蝠 蝙蝠
💩 屎|👻 鬼|💀 死 骷髅|☠ 毒 死|👿 魔|👹 魔|🤡 丑 小丑|👽 外星人|👼 天使|👑 王 皇|👸 公主|👴 爷|👵 奶|👶 婴|👦 男|👧 女|👨 男|👩 女|🚹 男|🚺 女|♂ 男|♀ 女|👮 警|🤰 孕
👄 口 嘴|💋 吻|👅 舌|👀 看 眼|👁 眼|👂 耳|👃 鼻|✋ 手|🤚 手|👊 拳|✊ 拳|🦶 脚|🦵 腿|🧠 脑|❤ 心|🧡 心|💛 心|💚 心|💙 心|💜 心|🖤 心|🦷 牙|🦴 骨|🩸 血|💪 肌
☀ 日|🌞 日 太阳|🌙 月|🌛 月|⭐ 星|🌟 星|🔥 火|💧 水|💦 水|🌊 浪|❄ 雪 冰|🧊 冰|☁ 云|⚡ 电|🌧 雨|🌈 虹|💨 气 屁|🌍 球|⛰ 山|🏔 山
🌸 花|🌹 花 玫瑰|🌺 花|🌻 花|🌼 花|💐 花|🍀 草|🌿 草|🌱 草 苗|🌾 稻|🌴 树|🌲 树|🌳 树|🍁 叶|🍂 叶|🍄 菇
🍎 苹果|🍏 苹果|🍐 梨|🍊 橙 桔|🍋 柠檬|🍉 瓜|🍈 瓜|🍇 葡萄|🍓 莓|🍒 樱|🍑 桃|🍌 香蕉|🍍 菠萝|🍆 茄|🥒 黄瓜|🌶 辣|🌽 玉米|🥔 土豆|🥜 花生|🥬 菜|🧄 蒜|🧅 葱
🍚 饭|🍜 面|🍞 包|🥟 饺|🥚 蛋|🍳 蛋|🍰 糕|🎂 糕|🍬 糖|🍭 糖|🍗 鸡腿|🍖 肉|🥩 肉|🍵 茶|☕ 咖啡|🍺 酒 啤|🍻 酒|🍷 酒|🍶 酒|🥛 奶|🍼 奶|🧂 盐|🚬 烟|💊 药|💉 针|🧪 剂
💰 钱|💵 钱|💴 钱|💶 钱|💷 钱|💸 钱|🪙 币|💳 卡|🧧 红包|🎁 礼|🎫 票|🎟 票|🧾 票|🏦 银行|💎 钻|💍 戒|🎲 骰|🃏 牌|🀄 麻将|🎰 老虎机|🎱 球|⚽ 球|🏀 球|🎾 球|🏐 球
📱 手机 机|☎ 电话|📞 电话|🤖 机|💻 电脑|📺 电视|📷 相|📹 视频|🎬 片|🎥 片|📀 盘|💿 盘|✉ 信|📧 信|📩 信|📨 信|💌 信|📮 邮|📖 书|📚 书|📄 纸|✏ 笔|🖊 笔|🖋 笔|🖌 笔|✂ 剪|📌 钉|🔑 钥|🔒 锁|🔔 铃
✈ 飞机|🛩 飞机|🛫 飞机|🚀 火箭|🛰 卫星|🚗 车|🚙 车|🚕 车|🚘 车|🚌 车|🚲 车|🏎 车|🚂 车|🚢 船|⛵ 船|🏠 房 家|🏡 家|🏨 酒店|🏥 医院|🏫 学校|🚪 门|🛏 床|🛁 浴|🚽 厕|🗑 垃圾|🚮 垃圾|🕳 洞
🔫 枪|💣 弹|🧨 炮|🔪 刀|🗡 剑|⚔ 剑|🔨 锤|🪓 斧|🏹 箭|⛓ 链|⏰ 钟|⌚ 表|⏱ 表|🕐 钟|👗 裙|👙 泳装|👠 鞋|👟 鞋|👢 靴|👜 包|🎒 包|👒 帽|🎩 帽|🧢 帽|👓 镜|🧦 袜
🔞 十八禁|🈲 禁|🚫 禁|🈚 无|🈶 有|🉐 得|🈵 满|🈳 空|🈴 合|🈹 割|🈺 营|㊙ 秘|➕ 加|➖ 减|✖ 乘|➗ 除|💯 百|🔟 十|❌ 叉|🅰 a|🅱 b|🅾 o|Ⓜ m|🆎 ab|🆗 ok|🆚 vs|🆔 id|🏧 atm|🔝 顶|🎵 乐|🎤 麦|🎹 琴|🥁 鼓|💃 舞|🤝 握手|🙏 求|🤮 吐|😭 哭|😂 笑
`;

/** By code point, without variation selectors: what it may be read as. */
export function emojiCharacters(): ReadonlyMap<number, readonly string[]> {
  const readings = new Map<number, readonly string[]>();
  for (const entry of READINGS.split(/[|\n]/)) {
    const [sign, ...words] = entry.split(' ');
    if (sign === undefined || words.length === 0) continue;
    readings.set(codePointAt(sign, 0), words);
  }
  return readings;
}
