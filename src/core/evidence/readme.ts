import type { PackInput } from './pack-content.ts';
import { visibleLine } from './visible-text.ts';

/** data/README.txt: what the pack is, how anybody checks it, and what that proves and what not. */
export function readmeText(input: PackInput, folder: string, time: (instant: number) => string): string {
  const one = visibleLine;
  return `证据包 ${one(input.case.number)} / Evidence pack ${one(input.case.number)}
${time(input.createdAt)} · ${one(input.officer.name)} · ${one(input.software)}
编号 Pack id: ${one(input.id)}

============================== 中文 ==============================

一、这是什么
本文件夹是一个 BagIt 1.0（RFC 8493）包，内容为一宗案卷的证据：
  data/messages.html     阅读用：按证物排列的聊天记录，命中处有标记
  data/messages.ndjson   准确文本：每行一条消息（JSON，UTF-8）
  data/messages.csv      表格用：见最后一列，显示需要时对单元格有改写
  data/case.json         案卷、当事人、证物清单
  data/sources.json      来源文件：SHA-256、字节账目、解析器、授权记录
  data/completeness.json 完整性：总数、期间内、已收录、未收录
  data/decisions.json    处置决定及其签名
  data/duties.json       法定义务与报告、回执
  data/custody.json      保管链
  data/audit.json        审计日志摘录（哈希链）
  data/public-key.pem    签名所用公钥
每条消息都写明来源文件的 SHA-256 和它在该文件中的字节区间：在原始导出文件中取出这一段，即可核对。

二、怎样校验（不需要 Docket）
解压后在 ${folder} 文件夹中运行：
  1. 内容未变、未缺：
       sha256sum -c manifest-sha256.txt
       sha256sum -c tagmanifest-sha256.txt
     （sha256sum 不会报告多出的文件：data 中的文件数须与清单行数一致。）
  2. 清单由该公钥的持有人签署：
       openssl pkeyutl -verify -pubin -inkey data/public-key.pem -rawin -in tagmanifest-sha256.txt -sigfile signature.bin
  3. 公钥确属该经办人：把下面算出的指纹与从包外得到的指纹（公函、名片、登记簿）比较：
       openssl pkey -pubin -in data/public-key.pem -outform DER | tail -c 32 | sha256sum
     包内的公钥本身不能证明任何事情。
  4. 每条消息与导入时的摘要一致：
       python3 -c "import json,hashlib;[print('不一致 differs:',r['id']) for r in map(json.loads,open('data/messages.ndjson',encoding='utf-8',newline='\\n')) if hashlib.sha256(json.dumps(r['message'],ensure_ascii=False,sort_keys=True,separators=(',',':')).encode()).hexdigest()!=r['digest']]"
     没有输出即全部一致。
安装了 Docket 时，一条命令完成以上各项并检查数量、审计链和决定的签名：
       docket verify 文件.zip --key 指纹

三、能证明什么，不能证明什么
能证明：包内文件自签署以来没有改动、增加或减少；消息与导入时一致，并可在来源文件的原位置找到；审计日志摘录首尾相连；决定由所列公钥签署。
不能证明：来源文件在导入之前是否完整、真实。导出之前已经删除或撤回的消息，在任何导出文件中都看不到，本包也无法显示。签署时间只是经办人的陈述，没有第三方时间戳。

============================= English =============================

1. What this is
A BagIt 1.0 (RFC 8493) folder with the evidence of one case:
  data/messages.html     to read: the chat by exhibit, with hits marked
  data/messages.ndjson   the exact texts: one message to a line (JSON, UTF-8)
  data/messages.csv      for spreadsheets; the last column says where a cell was altered to be shown safely
  data/case.json         the case, its parties, the list of exhibits
  data/sources.json      source files: SHA-256, ledger of bytes, importer, authority
  data/completeness.json totals, in the period, shown, left out
  data/decisions.json    decisions and their signatures
  data/duties.json       duties, reports, receipts
  data/custody.json      chain of custody
  data/audit.json        extract of the audit log (a hash chain)
  data/public-key.pem    the key that signed
Every message names the SHA-256 of its source file and its byte range there: cut that range out of the original export and compare.

2. How to check it, without Docket
Unpack, and in the folder ${folder} run:
  a. Nothing was changed or is missing:
       sha256sum -c manifest-sha256.txt
       sha256sum -c tagmanifest-sha256.txt
     (sha256sum does not see added files: count the files in data against the lines of the manifest.)
  b. The list was signed by the holder of the key:
       openssl pkeyutl -verify -pubin -inkey data/public-key.pem -rawin -in tagmanifest-sha256.txt -sigfile signature.bin
  c. The key is the officer's: compare this fingerprint with one that you had from outside the pack (a letter, a register):
       openssl pkey -pubin -in data/public-key.pem -outform DER | tail -c 32 | sha256sum
     A key inside a pack proves nothing by itself.
  d. Each message is what was imported: the python3 command above prints the ids of messages that differ, and nothing if none does.
With Docket, one command does all of this and checks counts, the audit chain and the decisions' signatures:
       docket verify FILE.zip --key FINGERPRINT

3. What this proves and what not
Proved: no file was changed, added or removed since the signature; the messages are what was imported and stand where they say in the source files; the audit extract is unbroken; the decisions were signed with the keys listed.
Not proved: that a source file was complete and genuine before it was imported. Messages deleted or recalled before the export are in no export, and this pack cannot show them. The time of signing is the officer's statement; there is no third party's time stamp.
`;
}
