import type { PackFormat } from '../domain/case.ts';
import type { PackInput } from './pack-content.ts';
import { visibleLine } from './visible-text.ts';

/** data/README.txt: what the pack is, how anybody checks it, and what that proves and what not. */
export function readmeText(input: PackInput, folder: string, time: (instant: number) => string): string {
  const one = visibleLine;
  const has = (form: PackFormat, line: string) => (input.formats.has(form) ? `${line}\n` : '');
  return `证据包 ${one(input.case.number)} / Evidence pack ${one(input.case.number)}
${time(input.createdAt)} · ${one(input.officer.name)} · ${one(input.software)}
编号 Pack id: ${one(input.id)}

============================== 中文 ==============================

一、这是什么
本文件夹是一个 BagIt 1.0（RFC 8493）包，内容为一宗案卷的证据：
  data/viewer.html       浏览器打开即可阅读、搜索和校验，不联网（推荐）
  data/messages.ndjson   准确文本：每行一条消息（JSON，UTF-8）
  data/attachments.json  消息所提及的媒体；收录的文件在 data/attachments，文件名即其 SHA-256
${has('html', '  data/messages.html     不含脚本的阅读页')}${has('csv', '  data/messages.csv      表格：见最后一列，显示需要时对单元格有改写')}${has('xlsx', '  data/messages.xlsx     同一表格的 Excel 工作簿')}${has('docx', '  data/evidence-list.docx、messages.docx  证据目录与消息（Word）')}${has('pdf', '  data/filing-*.pdf      可直接提交的页面：目录在前，每页有页码、包编号和本页摘要\n  data/filing.html       同样的页面，可在任何浏览器中打印\n  data/pages.ndjson      每页的文字，用来核对页上的摘要（见第二节第 5 条）')}  data/completeness.html 完整性证明（completeness.json 为同一内容的机器可读形式）
  data/case.json         案卷、当事人、证物清单
  data/sources.json      来源文件：SHA-256、字节账目、解析器、授权记录
  data/proofs.json       每条消息在来源文件所导入消息中的位置证明（默克尔树）
  data/decisions.json    处置决定及其签名
  data/duties.json       法定义务与报告、回执
  data/proceedings.json  规则及签收、陈述申辩、文书与送达、申诉（视用途而定）
  data/custody.json      保管链
  data/audit.json        审计日志摘录（哈希链），其中记录各来源的根
  data/verify.py         校验脚本，只需 Python 3.8
  data/public-key.pem    签名所用公钥
  root.tsq               可送交任一时间戳机构的请求（RFC 3161）
每条消息都写明来源文件的 SHA-256 和它在该文件中的字节区间：在原始导出文件中取出这一段，即可核对。

二、怎样校验（不需要 Docket）
完整校验（任选其一，均会指出有问题的文件和条目）：
  甲. python3 data/verify.py 证据包.zip --key 指纹
      脚本随包而来；不放心时，请从别处取得同一脚本（docket 源代码 resources/evidence/verify.py）。
  乙. 用浏览器打开 data/viewer.html，把整个 zip 拖入页面。
  丙. 安装了 Docket 时：docket verify 证据包.zip --key 指纹
指纹须从包外得到（公函、名片、登记簿）；包内的公钥本身不能证明任何事情。

只用常见工具，在 ${folder} 文件夹中运行：
  1. 内容未变、未缺：
       sha256sum -c manifest-sha256.txt
       sha256sum -c tagmanifest-sha256.txt
     （sha256sum 不会报告多出的文件：data 中的文件数须与清单行数一致。）
  2. 清单由该公钥的持有人签署：
       openssl pkeyutl -verify -pubin -inkey data/public-key.pem -rawin -in tagmanifest-sha256.txt -sigfile signature.bin
  3. 算出公钥指纹，与从包外得到的比较：
       openssl pkey -pubin -in data/public-key.pem -outform DER | tail -c 32 | sha256sum
  4. 时间戳请求所针对的摘要即 tagmanifest-sha256.txt 的 SHA-256：
       openssl ts -query -in root.tsq -text
  5. 纸上某页的摘要：取 data/pages.ndjson 中该页的 lines，计算
       SHA-256（包编号 换行 页码/总页数 换行 各行各加一个换行），UTF-8
     应与页脚所印相同，各行应与纸上文字相同。
这些工具查不到：消息的位置证明、完整性数字、审计链、决定的签名。这些由上面三种完整校验检查。

三、能证明什么，不能证明什么
能证明：包内文件自签署以来没有改动、增加或减少；消息与导入时一致，处于所导入会话的所述位置，并可在来源文件的原位置找到；隐去的部分另有其值而未改变其位置；审计日志摘录首尾相连；决定由所列公钥签署。
不能证明：来源文件在导入之前是否完整、真实。完整性仅相对于所导入的文件：导出之前已经删除或撤回的消息，在任何导出文件中都看不到，本包也无法显示。没有时间戳机构的回执时，签署时间只是经办人的陈述。

============================= English =============================

1. What this is
A BagIt 1.0 (RFC 8493) folder with the evidence of one case:
  data/viewer.html       open it in a browser to read, search and check; it uses no network (recommended)
  data/messages.ndjson   the exact texts: one message to a line (JSON, UTF-8)
  data/attachments.json  the media that messages name; files that are included are in data/attachments, named after their SHA-256
${has('html', '  data/messages.html     a page to read, without scripts')}${has('csv', '  data/messages.csv      for spreadsheets; the last column says where a cell was altered to be shown safely')}${has('xlsx', '  data/messages.xlsx     the same table as an Excel workbook')}${has('docx', '  data/evidence-list.docx, messages.docx  the list of evidence and the messages (Word)')}${has('pdf', '  data/filing-*.pdf      pages to file: the list first; page number, pack id and digest of the page on each\n  data/filing.html       the same pages, to print from any browser\n  data/pages.ndjson      the text of each page, to check the digest on it (see 2.e)')}  data/completeness.html the completeness certificate (completeness.json says the same to programs)
  data/case.json         the case, its parties, the list of exhibits
  data/sources.json      source files: SHA-256, ledger of bytes, importer, authority
  data/proofs.json       where each message stands among those imported from its source (Merkle trees)
  data/decisions.json    decisions and their signatures
  data/duties.json       duties, reports, receipts
  data/proceedings.json  rules and their receipt, answers, letters and their service, appeals (as the profile has it)
  data/custody.json      chain of custody
  data/audit.json        extract of the audit log (a hash chain), which states the root of each source
  data/verify.py         the verifier; it needs Python 3.8 and nothing else
  data/public-key.pem    the key that signed
  root.tsq               a request that any time stamp authority answers (RFC 3161)
Every message names the SHA-256 of its source file and its byte range there: cut that range out of the original export and compare.

2. How to check it, without Docket
In full (any one of these; each names the file and the entry that fails):
  A. python3 data/verify.py PACK.zip --key FINGERPRINT
     The script came with the pack; in doubt take it from elsewhere (resources/evidence/verify.py in Docket's sources).
  B. Open data/viewer.html in a browser and drop the whole zip onto it.
  C. With Docket: docket verify PACK.zip --key FINGERPRINT
The fingerprint has to come from outside the pack (a letter, a card, a register); a key inside a pack proves nothing by itself.

With ordinary tools alone, in the folder ${folder}:
  a. Nothing was changed or is missing:
       sha256sum -c manifest-sha256.txt
       sha256sum -c tagmanifest-sha256.txt
     (sha256sum does not see added files: count the files in data against the lines of the manifest.)
  b. The list was signed by the holder of the key:
       openssl pkeyutl -verify -pubin -inkey data/public-key.pem -rawin -in tagmanifest-sha256.txt -sigfile signature.bin
  c. The key's fingerprint, to compare with the one from outside:
       openssl pkey -pubin -in data/public-key.pem -outform DER | tail -c 32 | sha256sum
  d. The time stamp request is about the SHA-256 of tagmanifest-sha256.txt:
       openssl ts -query -in root.tsq -text
  e. The digest on a page of paper: take that page's lines from data/pages.ndjson and compute
       SHA-256 of: pack id, line feed, page/pages, line feed, each line with a line feed behind it, in UTF-8
     It has to be the one printed at the foot, and the lines have to be those on the paper.
These tools do not check the proofs of place, the numbers of the certificate, the audit chain and the signatures of decisions; the three above do.

3. What this proves and what not
Proved: no file was changed, added or removed since the signature; the messages are what was imported, stand where they say among the messages imported of their conversation, and at the stated bytes of the source files; what is withheld has a value that was fixed too; the audit extract is unbroken; the decisions were signed with the keys listed.
Not proved: that a source file was complete and genuine before it was imported. The pack is complete relative to the imported files: messages deleted or recalled before the export are in no export, and this pack cannot show them. Without a time stamp authority's answer the time of signing is the officer's statement.
`;
}
