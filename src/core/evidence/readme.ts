import type { PackFormat } from '../domain/case.ts';
import { readableTime } from '../domain/zone.ts';
import type { PackInput } from './pack-content.ts';
import { visibleLine } from './visible-text.ts';

/** data/README.txt: what the pack is, how anybody checks it, and what that proves and what not. */
export function readmeText(input: PackInput, folder: string, time: (instant: number) => string): string {
  const one = visibleLine;
  const given = originalsText(input);
  const has = (form: PackFormat, line: string) => (input.formats.has(form) ? `${line}\n` : '');
  return `证据包 ${one(input.case.number)} / Evidence pack ${one(input.case.number)}
${readableTime(time(input.createdAt))} · ${one(input.officer.name)} · ${one(input.software)}
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
${given.zh.list}  root.tsq               可送交任一时间戳机构的请求（RFC 3161）
每条消息都写明来源文件的 SHA-256 和它在该文件中的字节区间：在原始导出文件中取出这一段，即可核对，例如 start 为 100、end 为 160 时：
       tail -c +101 导出文件 | head -c 60

二、怎样校验（不需要 Docket）
先把 zip 解开；以下命令均在解开的文件夹 ${folder} 中运行，“证据包.zip”指上一级文件夹中收到的那个文件。
指纹须从包外得到（公函、名片、登记簿）；包内的公钥本身不能证明任何事情。
完整校验（任选其一，均会指出有问题的文件和条目）：
  甲. python3 data/verify.py ../证据包.zip --key 指纹
      最后一行应为“完好 intact”。Windows 中以 py 代替 python3。
      脚本随包而来；不放心时，请从别处取得同一脚本（docket 源代码 resources/evidence/verify.py）。
  乙. 用浏览器打开 data/viewer.html，在右侧填入指纹，再把整个 zip 拖入页面。
  丙. 安装了 Docket 时：docket verify ../证据包.zip --key 指纹

只用常见工具（macOS 中以 shasum -a 256 代替 sha256sum；openssl 须为 OpenSSL 1.1.1 或以上）：
  1. 内容未变、未缺：每行都应以“OK”或“成功”结尾
       sha256sum -c manifest-sha256.txt
       sha256sum -c tagmanifest-sha256.txt
     sha256sum 不会报告多出的文件，以下两个数须相同：
       find data -type f | wc -l
       wc -l < manifest-sha256.txt
  2. 清单由该公钥的持有人签署：应答“Signature Verified Successfully”
       openssl pkeyutl -verify -pubin -inkey data/public-key.pem -rawin -in tagmanifest-sha256.txt -sigfile signature.bin
  3. 算出公钥指纹，须与从包外得到的相同：
       openssl pkey -pubin -in data/public-key.pem -outform DER | tail -c 32 | sha256sum
  4. 时间戳请求：所列 Message data 须等于 tagmanifest-sha256.txt 的 SHA-256
       openssl ts -query -in root.tsq -text
       sha256sum tagmanifest-sha256.txt
${has(
  'pdf',
  `  5. 纸上某页（例如第 1 页；第 12 页则写 [12 - 1]）：下面的命令列出该页应有的文字和页脚应印的摘要，与纸面比较；完整校验会核对摘要与文字相符
       python3 -c "import json; p = [json.loads(l) for l in open('data/pages.ndjson', encoding='utf-8')][1 - 1]; print(*p['lines'], p['sha256'], sep='\\n')"
     摘要为 SHA-256（包编号 换行 页码/总页数 换行 各行各加一个换行），UTF-8。`,
)}${given.zh.check}这些工具查不到：消息的位置证明、完整性数字、审计链、决定的签名，以及表格和阅读页是否与准确文本一致。这些由上面三种完整校验检查。
任何校验都不比较的：网页、XLSX、DOCX 和 PDF 中的文字（只核对文件摘要）。有出入时以 messages.ndjson 为准，各形式都标出其行号。

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
${given.en.list}  root.tsq               a request that any time stamp authority answers (RFC 3161)
Every message names the SHA-256 of its source file and its byte range there: cut that range out of the original export and compare, for example with start 100 and end 160:
       tail -c +101 EXPORT | head -c 60

2. How to check it, without Docket
Unpack the zip first; all commands are for the unpacked folder, ${folder}; PACK.zip is the file that you received, in the folder above.
The fingerprint has to come from outside the pack (a letter, a card, a register); a key inside a pack proves nothing by itself.
In full (any one of these; each names the file and the entry that fails):
  A. python3 data/verify.py ../PACK.zip --key FINGERPRINT
     The last line has to be "完好 intact". On Windows say py for python3.
     The script came with the pack; in doubt take it from elsewhere (resources/evidence/verify.py in Docket's sources).
  B. Open data/viewer.html in a browser, enter the fingerprint on the right, and drop the whole zip onto the page.
  C. With Docket: docket verify ../PACK.zip --key FINGERPRINT

With ordinary tools alone (on macOS say shasum -a 256 for sha256sum; openssl has to be OpenSSL 1.1.1 or later):
  a. Nothing was changed or is missing: each line ends in OK
       sha256sum -c manifest-sha256.txt
       sha256sum -c tagmanifest-sha256.txt
     sha256sum does not see added files; these two numbers have to be the same:
       find data -type f | wc -l
       wc -l < manifest-sha256.txt
  b. The list was signed by the holder of the key; the answer is "Signature Verified Successfully":
       openssl pkeyutl -verify -pubin -inkey data/public-key.pem -rawin -in tagmanifest-sha256.txt -sigfile signature.bin
  c. The key's fingerprint, which has to be the one from outside:
       openssl pkey -pubin -in data/public-key.pem -outform DER | tail -c 32 | sha256sum
  d. The time stamp request; its Message data has to be the SHA-256 of tagmanifest-sha256.txt:
       openssl ts -query -in root.tsq -text
       sha256sum tagmanifest-sha256.txt
${has(
  'pdf',
  `  e. A page of paper, for example page 1 (for page 12 write [12 - 1]): this prints the text that it has to show and the digest at its foot; a full verification checks that they fit
       python3 -c "import json; p = [json.loads(l) for l in open('data/pages.ndjson', encoding='utf-8')][1 - 1]; print(*p['lines'], p['sha256'], sep='\\n')"
     The digest is the SHA-256 of: pack id, line feed, page/pages, line feed, each line with a line feed behind it, in UTF-8.`,
)}${given.en.check}These tools do not check the proofs of place, the numbers of the certificate, the audit chain, the signatures of decisions, and whether table and viewer say what the exact messages say; the three above do.
Nothing compares the words in the web page, XLSX, DOCX and PDF (their files' digests are checked). Where one differs, messages.ndjson holds; each form gives its line.

3. What this proves and what not
Proved: no file was changed, added or removed since the signature; the messages are what was imported, stand where they say among the messages imported of their conversation, and at the stated bytes of the source files; what is withheld has a value that was fixed too; the audit extract is unbroken; the decisions were signed with the keys listed.
Not proved: that a source file was complete and genuine before it was imported. The pack is complete relative to the imported files: messages deleted or recalled before the export are in no export, and this pack cannot show them. Without a time stamp authority's answer the time of signing is the officer's statement.
`;
}

interface InBoth {
  readonly zh: { readonly list: string; readonly check: string };
  readonly en: { readonly list: string; readonly check: string };
}

/** What the README says of source files that go along. */
function originalsText({ originals, formats }: PackInput): InBoth {
  const text = { zh: { list: '', check: '' }, en: { list: '', check: '' } };
  let number = formats.has('pdf') ? 6 : 5;
  const forms = new Set(originals?.map(({ form }) => form));
  if (originals === null) return text;
  const letter = () => String.fromCharCode(96 + number);
  text.zh.list = `  data/originals         来源文件（originals.json 列出；见第二节第 ${number} 条）\n`;
  text.en.list = `  data/originals         source files (originals.json lists them; see 2.${letter()})\n`;
  if (forms.has('whole')) {
    const [zh, en] = forms.has('excerpts')
      ? ['（名称含 excerpts 的除外）', ' (but for those with excerpts in their names)']
      : ['', ''];
    text.zh.check += `  ${number}. 来源文件与导入前封存时一致：下列各 SHA-256${zh}须等于 data/sources.json 中同一 id 的 sha256；文件可按其格式用任何软件重新解析
       sha256sum data/originals/*.bin
`;
    text.en.check += `  ${letter()}. The source files are as they were sealed before import: each SHA-256${en} has to be that of the same id in data/sources.json; any program that reads their format can parse them again
       sha256sum data/originals/*.bin
`;
    number++;
  }
  if (forms.has('excerpts')) {
    text.zh.check += `  ${number}. 来源文件的节选：节选在整个文件中的位置由经办人陈述，节选本身不能证明。从包外取得整个来源文件后，核对其 SHA-256 与每段节选：
       python3 data/verify.py ../证据包.zip --source 来源文件
`;
    text.en.check += `  ${letter()}. Excerpts of source files: that they lie in the whole file is the officer's statement; an excerpt alone does not prove it. With the whole file from outside the pack, this compares its SHA-256 and every excerpt:
       python3 data/verify.py ../PACK.zip --source FILE
`;
  }
  return text;
}
