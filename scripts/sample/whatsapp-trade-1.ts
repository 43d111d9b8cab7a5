/** The second-hand trade group on WhatsApp, March. */
export const tradeMarch = `
= 03-01 09:12
system: !sys Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them. Learn more.
system: !sys Nico (admin) created group "二手交易 Trade Hub"
system: !sys You were added
+3 Nico (admin): Hi all 大家好！Rules 群规：⏎1. second-hand items only 只发二手⏎2. price + photo + pickup 写价格、照片、地点⏎3. no illegal stuff, no ads 违法和广告直接踢⏎4. be nice 🙏
Amy L.: 👍
Kelvin Wong: 收到
阿May: hello everyone
David B.: Hi, just moved here, need everything lol
Nico (admin): welcome David
= 03-01 11:40
Amy L.: 出 IKEA 书桌 120x60，九成新，150，地铁口自提
Amy L.: !media
豆豆妈: 腿能拆吗
Amy L.: 能，四颗螺丝
豆豆妈: 要了，下午三点？
Amy L.: ok 私聊
= 03-01 19:05
David B.: ISO: a bike for a tall guy, 185cm
Tom H.: got a Giant Escape, size L, 900
David B.: photo?
Tom H.: !media
David B.: looks great, can I try tomorrow after 6
Tom H.: sure
= 03-02 12:22
陈生: 放 Dyson V8 吸塵器，換咗新電池，$700，有盒
林太: 吸力點呀？
陈生: 滿電用 35 分鐘，我屋企 60 平無問題
林太: 好，留俾我
= 03-03 20:18
Sarah K: Kids books bundle, 20 for 100. Mostly picture books, some pop-ups
豆豆妈: 有中文的吗
Sarah K: half half
豆豆妈: 要！
Priya: if she doesn't take I will :)
= 03-04 18:30
Jason 杰: 收 Switch 卡带：塞尔达、马里奥赛车，价好说
Mei: 有赛车，160
Jason 杰: 150 走起？
Mei: 155 包邮
Jason 杰: 成交哈哈
= 03-05 21:10
老王头: 出旧手机一台，跑分 92 万，安卓 13，屏幕有一道划痕，1100
~ illegal-finance | 跑分 here is a benchmark score
Kelvin Wong: 电池健康多少
老王头: 86%
Kelvin Wong: 950 我明天拿
老王头: 1000 不讲了
Kelvin Wong: 行
= 03-06 22:45
system: !sys +44 7700 900817 joined using this group's invite link
UK817: hi all 新到一批 🍃 叶子和飞行员 🍁，外地货劲儿足，200 一个，懂的来，电报 @leafy_0000
^ drugs hit emoji | slang for cannabis and a stimulant
Nico (admin): what is this?? not here
UK817: sorry wrong group 😅
Rosa: 😳
= 03-07 10:02
Grace Ho: 搬屋平放：⏎- 微波爐 $120⏎- 電飯煲 $60⏎- 枱燈 $30⏎全部要 $180
David B.: whole set please!
Grace Ho: ok David 你嘅
David B.: 🙌
= 03-07 15:33
Ivan P.: Selling weed whacker for the garden, electric, used twice, 250. Also garden hose 40
~ drugs | a weed whacker is a gardening tool
Tom H.: I'll take the hose
Ivan P.: done
= 03-08 14:20
小鱼🐟: 出一箱书：余华、东野圭吾、《赌徒》（陀思妥耶夫斯基）、《杀死一只知更鸟》，10 元一本，全带走 80
~ gambling,violence-terror | titles of novels
Mei: 全要
小鱼🐟: 好快
= 03-09 20:55
Priya: Anyone has a baby gate? 80cm door
豆豆妈: 有，我家娃大了用不上，60
Priya: perfect thanks dear
= 03-10 12:12
Uncle Fai: 有冇人要魚缸，60cm 連濾水器，$200
Kelvin Wong: 鱼还在里面吗哈哈
Uncle Fai: 魚送埋，四條孔雀魚
小鱼🐟: 我来我来，专业对口
= 03-11 23:19
system: !sys +1 202-555-0188 joined using this group's invite link
US188: 專業辦 證，駕照、學歷學位證、房產證、結婚證，學信網可查，先看樣品後付款，長期有效，加Ⓥ xx0000ban
^ counterfeit-documents hit traditional+symbols+enclosed
Amy L.: spam…
Nico (admin): removed
system: !sys Nico (admin) removed +1 202-555-0188
= 03-12 18:01
Rosa: Piano keyboard 88 keys, stand included, 1500, my daughter moved to violin 😅
林太: 琴鍵有冇力度㗎
Rosa: yes weighted keys
林太: 我問問老公先
= 03-13 09:36
Tom H.: killer deal: 27 inch monitor 600, first come first served
~ violence-terror | an English figure of speech
Jason 杰: mine!!
Tom H.: that was 8 seconds
Jason 杰: 手速
= 03-14 16:44
Mei: 出露营装备：帐篷 3-4 人、睡袋 2、炉头（不含气罐），打包 480
David B.: is the tent waterproof
Mei: yes used twice, one time rain
David B.: 400?
Mei: 450 final
David B.: deal
= 03-15 20:05
Ken仔: 有冇人要一手貨，真系正野，象*牙手串 同 犀⭐角 吊墜，行內價 8 千起，過海關無問題，whatsapp 我
^ contraband-goods hit symbols+traditional
阿May: Ken 你癫㗎，犯法㗎
Ken仔: 朋友托我問㗎咋
Nico (admin): Ken this is illegal, delete now
Ken仔: !deleted
= 03-16 11:30
陈生: 有無人識整洗衣機？唔轉
Uncle Fai: 多數係皮帶，$30 嘢
陈生: 多謝 Fai 哥
= 03-17 21:15
Kelvin Wong: 求购显示器支架，双屏
Ivan P.: have one, 90
Kelvin Wong: ok 明天 <This message was edited>
= 03-18 08:50
Sarah K: happy rainy Wednesday. giving away moving boxes, free, lobby of block B
豆豆妈: 谢谢，我去拿五个
Priya: me too, leave me 3 pls
= 03-19 22:06
system: !sys +44 7700 900142 joined using this group's invite link
UK142: 看 片 资 源 群，日 韩 欧 美 应有尽有，18🈲 同城小姐姐可约，进群加薇 lu0000ss，入会 38 永久
^ pornography hit symbols+emoji
Grace Ho: 😡
林太: 管理員呢
Nico (admin): removed, sorry everyone
system: !sys Nico (admin) removed +44 7700 900142
= 03-20 19:30
豆豆妈: 出儿童自行车 16 寸，带辅助轮，120
Sarah K: color?
豆豆妈: 绿色
豆豆妈: !attach IMG-20260320-WA0011.jpg
Sarah K: will take it for my son
= 03-21 13:42
Amy L.: 桌子买家豆豆妈人超好，还送了我蛋糕，推荐交易👍
豆豆妈: 哈哈自己烤的
Nico (admin): love this group
= 03-22 10:10
老王头: 有人要砂锅吗，景德镇的，没用过，70
Mei: 多大
老王头: 4 升
Mei: 要
= 03-23 17:25
David B.: Anyone know a good dentist who speaks English
Priya: I'll send you the clinic address, DM
David B.: thx
= 03-24 22:31
UK817: air gun 气ＱＩ枪 仿 真 小口径打鸟，带瞄准镜和钢珠 500 发，2800 全套，可验货，懂的dd
^ weapons hit width+symbols+pinyin
Tom H.: wtf
Nico (admin): last warning was enough. removed and reported
system: !sys Nico (admin) removed +44 7700 900817
= 03-25 09:15
Ivan P.: selling compressed air duster gun for PC cleaning 气枪式除尘, 60, basically a hair dryer for computers lol
~ weapons | a tool for blowing dust out of a computer
Jason 杰: 要，我键盘里能养鸡
Ivan P.: 😂 ok
= 03-26 20:40
Grace Ho: 有冇人有多餘嘅演唱會飛？下星期六
Uncle Fai: 我有兩張，原價讓
Grace Ho: 真係原價？你係好人
= 03-27 12:05
Rosa: piano sold to 林太 🎹 thanks!
林太: 個女好鍾意
= 03-28 15:50
阿May: 出全新未拆电子秤 35，买错了
小鱼🐟: 要，正好称鱼食
= 03-29 20:40
system: !sys +1 202-555-0143 joined using this group's invite link
= 03-29 21:02
US143: USDT 换 RMB，汇率好，代 收 代 付，走银行卡或现金都行，手续费 1%，一次 5 万起，绝对干净 加Ｖ uu0000sd
^ illegal-finance hit symbols+width
Kelvin Wong: 这种别碰，卡会被冻
Nico (admin): not allowed here please
US143: ok ok
= 03-30 18:18
Tom H.: still got the bike pump + helmet, 70 both
David B.: take them, makes sense with the bike
= 03-31 23:00
Jason 杰: 月底了，吃土，出机械键盘青轴 180
Mei: 青轴太吵了哈哈
Jason 杰: 室友说出掉他请我吃火锅
`;
