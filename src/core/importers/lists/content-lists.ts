/** Lists of what was published and reported: items, user reports, links. */
import { f, type ListDefinition, NOTE, PLATFORM } from './list-definition.ts';

const OF_CHATS =
  '发送人 发送者 发送者昵称 发送者id 发言人 消息id 消息类型 消息内容 sender sendername senderid issender issend strcontent talker msgid msgtype messageid messagetype chatid roomid timestamp edited recalled'.split(
    ' ',
  );

export const CONTENT_LISTS: readonly ListDefinition[] = [
  {
    kind: 'published-items',
    unlike: OF_CHATS,
    surest: 0.8,
    title: { zh: '发布内容', en: 'Published items' },
    fields: [
      f(
        'itemId',
        '内容ID',
        'Item id',
        '内容id 文章id 作品id 评论id 视频id 动态id 笔记id itemid postid articleid commentid id',
      ),
      f('type', '内容类型', 'Type', '内容类型 作品类型 类型 type itemtype contenttype', {}),
      PLATFORM,
      f(
        'account',
        '发布账号',
        'Account',
        '发布账号 账号 账号名称 公众号 作者 昵称 用户昵称 评论人 评论者 发布者 发布人 account author publisher',
      ),
      f('accountId', '账号ID', 'Account id', '账号id 作者id 用户id accountid authorid userid'),
      f(
        'publishedAt',
        '发布时间',
        'Published',
        '发布时间 发表时间 发布日期 评论时间 时间 日期 publishedat publishdate publishtime postedat date',
        { type: 'date' },
      ),
      f(
        'title',
        '标题',
        'Title',
        '标题 文章标题 内容标题 作品标题 作品名称 视频标题 笔记标题 title headline',
      ),
      f(
        'text',
        '正文',
        'Text',
        '正文 内容 文本 文案 评论内容 文章内容 作品描述 笔记内容 text content body caption',
      ),
      f(
        'url',
        '链接',
        'Link',
        '链接 网址 文章链接 内容url 内容链接 作品链接 视频链接 评论链接 地址 url link',
      ),
      f('reads', '阅读数', 'Reads', '阅读数 阅读量 总阅读次数 阅读次数 播放量 播放数 reads views'),
      f('likes', '点赞数', 'Likes', '点赞数 点赞量 点赞 likes'),
      f('comments', '评论数', 'Comments', '评论数 comments'),
      f('parentId', '所属内容ID', 'Belongs to', '所属内容id 被评论内容id 文章所属 parentid replyto'),
      f('status', '状态', 'Status', '状态 审核状态 status'),
      NOTE,
    ],
    keys: [
      ['platform', 'itemId'],
      ['itemId'],
      ['url'],
      ['accountId', 'publishedAt', 'title'],
      ['account', 'publishedAt', 'title'],
      ['account', 'type', 'text'],
      ['title', 'text'],
    ],
    tell: [
      ['text', 'publishedAt', 'title'],
      ['itemId', 'text'],
      ['text', 'type', 'url'],
      ['title', 'url', 'publishedAt'],
      ['text', 'type', 'account'],
    ],
  },
  {
    kind: 'user-reports',
    surest: 0.9,
    title: { zh: '用户举报', en: 'User reports' },
    fields: [
      f(
        'reportId',
        '举报编号',
        'Report number',
        '举报编号 举报id 工单号 编号 reportid reportno ticketid',
        {},
      ),
      f('reportedAt', '举报时间', 'Reported', '举报时间 举报日期 受理时间 reportedat reportdate reporttime', {
        type: 'date',
      }),
      f('reporter', '举报人', 'Reporter', '举报人 投诉人 reporter complainant'),
      f(
        'target',
        '被举报对象',
        'Reported',
        '被举报对象 被举报账号 被举报人 举报对象 被投诉人 target reportedaccount reporteduser',
      ),
      f('targetId', '被举报ID', 'Reported id', '被举报id 被举报账号id targetid'),
      f(
        'type',
        '举报类型',
        'Type',
        '举报类型 举报类别 举报原因 违规类型 投诉类型 投诉原因 type reporttype category reason',
      ),
      f(
        'content',
        '举报内容',
        'What was reported',
        '举报内容 举报描述 描述 投诉内容 内容 content description details',
      ),
      f('url', '链接', 'Link', '链接 网址 url link'),
      f('status', '处理状态', 'Status', '处理状态 状态 办理状态 status'),
      f('handledAt', '处理时间', 'Handled', '处理时间 办结时间 handledat closedat', { type: 'date' }),
      f('result', '处理结果', 'Result', '处理结果 结果 result outcome'),
      NOTE,
    ],
    keys: [['reportId'], ['reportedAt', 'target', 'content'], ['target', 'content'], ['content']],
    tell: [
      ['reportId', 'target'],
      ['target', 'content'],
      ['reportId', 'content'],
      ['reporter', 'target'],
      ['reportedAt', 'content'],
    ],
  },
  {
    kind: 'links',
    surest: 0.8,
    title: { zh: '链接', en: 'Links' },
    fields: [
      f('url', '链接', 'Link', '链接 链接地址 网址 网站地址 违规链接 域名 地址 url link href', {
        required: true,
      }),
      f('title', '标题', 'Title', '标题 名称 title name'),
      f('status', '状态', 'Status', '状态 处置状态 处置情况 处理状态 链接状态 status verdict'),
      f('category', '类别', 'Category', '类别 违规类型 分类 category type'),
      f('source', '来源', 'Source', '来源 发现来源 来源群 来源账号 source foundin'),
      f('foundAt', '发现时间', 'Found', '发现时间 发现日期 首次发现 foundat firstseen date', {
        type: 'date',
      }),
      f('checkedAt', '核查时间', 'Checked', '核查时间 最近核查 checkedat lastchecked', { type: 'date' }),
      NOTE,
    ],
    keys: [['url']],
    tell: [
      ['url', 'status'],
      ['url', 'category'],
      ['url', 'foundAt'],
    ],
  },
];
