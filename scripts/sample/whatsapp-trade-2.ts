/** The second-hand trade group on WhatsApp, April and May. */
export const tradeApril = `
= 04-01 10:30
Kelvin Wong: 出本人拖延症一份，九成新，包邮，不退不换
Mei: 我有三份了，愚人节快乐
Kelvin Wong: 那我明天再出
= 04-02 12:44
Nico (admin): reminder 提醒：写清价格和地点。价格“私”的一律删
Amy L.: 👍
老王头: 支持
= 04-02 21:36
US143: Guaranteed 30% weekly return, our AI trading bot, zero risk, minimum 500 USDT, withdraw anytime, I made 40k last month, message me to join VIP signal group 稳赚不赔
^ fraud hit
David B.: sounds like a scam
Ivan P.: it is a scam
US143: you will regret
Nico (admin): removing
system: !sys Nico (admin) removed +1 202-555-0143
= 04-03 19:20
Sarah K: going home for two weeks, who can feed my cat? will pay
豆豆妈: 我可以！豆豆想养猫很久了
Sarah K: omg thank you
= 04-05 11:11
陈生: 清明掃墓返嚟，放一部 BB 車，輕便摺疊，$350
Priya: brand?
陈生: 日本牌子，五公斤
Priya: 300 ok?
陈生: 320 啦
Priya: okay
= 04-06 16:28
小鱼🐟: 鱼缸翻缸成功，孔雀鱼生了 20 条，免费送小鱼，自带瓶子
Uncle Fai: 我當外公喇
小鱼🐟: 哈哈哈哈外公好
= 04-07 20:15
Mei: 卖一把中式菜刀，没开刃的，厨房用，40
~ weapons | a kitchen knife
Rosa: yes please, mine is dead
= 04-08 22:50
Ken仔: 幫人轉：進口𝐒𝐢𝐦卡 實名手机卡、註冊好嘅 WhatsApp／微信號，滿月號 80、老號 300，批發價更平，要嘅 pm
^ illicit-services hit traditional+enclosed | passed on for somebody else
阿May: Ken 又係你
Ken仔: 我只係幫轉
Nico (admin): Ken, 幫轉都唔得。final warning
= 04-09 13:05
Grace Ho: 焗爐 28L $150，用咗一年
豆豆妈: 上下火能分开调吗
Grace Ho: 可以
豆豆妈: 要了，谢谢姐
= 04-10 18:30
Tom H.: anyone wants a microphone? Blue, 200, moving to a new one
Jason 杰: 直播用，我要
Tom H.: shoot me a message tonight and I'll bring it tomorrow
~ violence-terror,weapons | an English figure of speech
= 04-11 10:48
David B.: update: apartment finally looks like a human lives there. thanks trade hub
Nico (admin): ❤️
Amy L.: photos!!
David B.: !media
Rosa: so nice
= 04-12 21:32
system: !sys +44 7700 900211 joined using this group's invite link
UK211: Fаke раssроrt, driver liсеnce, rеsidence реrmit, real quality, 7 days delivery worldwide, рay after sеeing vidеo, email docs@papers.example.com
^ counterfeit-documents hit look-alikes | Cyrillic letters among Latin ones
Ivan P.: lol half of those letters are cyrillic
Nico (admin): good eye Ivan. removed
system: !sys Nico (admin) removed +44 7700 900211
= 04-13 12:20
老王头: 出鱼竿三根，含渔轮，300，老伴不让钓了
Uncle Fai: 心疼王哥
陈生: 我要一支得唔得？
老王头: 一根 120
陈生: ok
= 04-14 20:08
Priya: looking for a second hand iPad for school, budget 1200
Kelvin Wong: 有 2021 款 64G，1150，带壳，有发票可查保修
~ counterfeit-documents | an ordinary purchase invoice
Priya: great can meet at the station
= 04-15 22:15
system: !sys +44 7700 900305 joined using this group's invite link
UK305: 🎰 Ｂaccаrаt 線上真人 ﹅ 百家乐，註冊送 58，提款秒到，代理佣金 45%，網址 bet.example.invalid，扣 1 領
^ gambling hit width+look-alikes+traditional
林太: 又嚟
system: !sys Nico (admin) removed +44 7700 900305
Nico (admin): set to admin approval from now on 以后进群要审批
system: !sys Nico (admin) turned on admin approval to join this group
= 04-16 19:00
Amy L.: 出瑜伽垫+泡沫轴，60，汗没流过几滴
Mei: 真实
Rosa: I take it, new month new me
= 04-18 14:10
豆豆妈: 群里谁会修小孩滑板车，轮子响
Uncle Fai: 滴啲油就得
豆豆妈: 滴了食用油可以吗
Uncle Fai: 都得，但係會招蟻
豆豆妈: 😂😂
= 04-19 16:45
Sarah K: back! cat is fatter. thank you 豆豆
豆豆妈: 豆豆每天给它唱歌
Sarah K: !media
= 04-20 23:12
Ken仔: 帮朋友揾客，查人定位、開*房*記*錄、户籍手機號、全家資料都查到，500 一次，快狠準
^ personal-information hit traditional+symbols | personal data for sale
Grace Ho: 呢啲係犯法㗎！
Nico (admin): that's it Ken
system: !sys Nico (admin) removed Ken仔
阿May: 終於
= 04-22 18:30
Ivan P.: Nerf blaster for kids + 50 foam darts, 80, my son is 15 now and too cool
~ weapons | a toy that shoots foam darts
Priya: my boys will love it
Ivan P.: protect your lamps
= 04-23 20:14
Jason 杰: 求推荐性价比高的办公椅，腰要断了
Kelvin Wong: 别买电竞椅
Tom H.: I have an ergonomic one, 500, adjustable everything
Jason 杰: 周末来坐坐看
= 04-24 12:36
Mei: 出冰箱贴收藏 60 个，一起 100
林太: 有冇日本㗎
Mei: 有 12 个
= 04-25 18:10
system: !sys Nico (admin) added +44 7700 900618
= 04-25 21:48
UK618: 上 头 电子烟，油足劲大，抽一口就飞，学生党 120 一支，薄荷可乐味，同城闪送，➕🛰️ cloud0000
^ drugs hit symbols+emoji | e-cigarettes with a drug
Rosa: kids are in this group!!
Nico (admin): removed + reported to police app
system: !sys Nico (admin) removed +44 7700 900618
= 04-26 10:05
Nico (admin): for new members: 群里出现过卖假证、卖气枪、卖电子烟、网赌的，一律踢并举报，看到请截图@我
~ counterfeit-documents,weapons,gambling,drugs | the administrator lists what is forbidden
Amy L.: 辛苦 Nico
David B.: 👏
= 04-27 19:55
Rosa: Selling Spanish guitar, few scratches, 350, sounds warm
Grace Ho: 我個仔啱啱學，要！
Rosa: 🎸
= 04-28 12:05
system: !sys Nico (admin) added +1 202-555-0166
= 04-28 22:20
US166: 全套 Office、PS 破解版永久激活码，Windows 密钥 15 元一个，影视会员盗版盒子，网盘秒发，支付宝 13800007721
^ piracy hit
Ivan P.: 15 yuan for windows, sure
Nico (admin): no pirated stuff
US166: ok sorry
= 04-29 12:40
Uncle Fai: 五一收檔，全部魚具半價
老王头: 别诱惑我
= 04-30 18:22
Kelvin Wong: 五一谁留守，桌游局缺人，三国杀、狼人杀
~ violence-terror | names of board games
Mei: 我！
Jason 杰: 我带零食
小鱼🐟: 我带鱼（活的）
= 05-01 11:30
Priya: Happy holiday everyone 🎉
Tom H.: happy labour day
陈生: 大家節日快樂
= 05-02 15:18
David B.: selling the bike already haha, knee injury, 850 with pump and helmet
Tom H.: my baby coming home?
David B.: you want it back??
Tom H.: 700 lol
David B.: 800 for old times
Tom H.: deal
= 05-03 21:44
US166: 军用 弓*弩 40 磅带箭头 猎狗专用，可视频验货，走闲置平台不留痕，价 1600，电话 13800007721
^ weapons hit symbols
Grace Ho: Nico!!
Nico (admin): removed
system: !sys Nico (admin) removed +1 202-555-0166
= 05-04 13:26
Amy L.: 换季清衣橱，S 码连衣裙 8 件打包 160
Mei: 有图吗
Amy L.: !media
Mei: 要第三件和第五件可以吗
Amy L.: 40 两件
Mei: 好
= 05-05 20:31
林太: 女兒彈琴進步神速，多謝 Rosa
Rosa: so happy to hear 🥰
= 05-06 19:31
system: !sys Nico (admin) added +44 7700 900733
= 05-06 22:02
UK733: 被人欠钱、被人欺负的找我，收钱办事，打 断 一条腿 8 千，卸胳膊 1 万，上门泼漆都接，事成付尾款
^ violence-terror hit symbols
老王头: 这什么人
Nico (admin): removed and called 110
system: !sys Nico (admin) removed +44 7700 900733
= 05-07 12:15
豆豆妈: 豆豆用自己的压岁钱在群里买过三样东西了，谢谢大家教他讲价
Tom H.: he got my globe for 20, tough negotiator
Sarah K: 😂
= 05-08 17:48
老王头: 求一台二手收音机，老伴跳舞用
Uncle Fai: 我有，送你，記得請我飲茶
老王头: 老哥，一言为定
= 05-09 10:20
Nico (admin): 群满 200 人了，感谢大家，明天下午两点咖啡馆线下交换日，欢迎来
阿May: 去！
小鱼🐟: 带鱼去
Kelvin Wong: 不要带鱼了！！
Nico (admin): !media
`;
