// The checking page: one file, no network, no library. Written apart from the package that makes proofs, so that a fault
// there is not repeated here.

/** Keys as they stood when the page was taken. */
export interface VerifyConfig {
  origin: string
  keys: Array<{ vkey: string; until: number | null }>
  witnesses: string[]
}

/** The whole file. The configuration can be changed by the reader in the form. */
export function verifyPage(config: VerifyConfig): string {
  const data = JSON.stringify(config).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>核验公开日志的证明</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.7 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}label{display:block;margin:1rem 0 .3rem;font-weight:600}textarea,input[type=text]{width:100%;box-sizing:border-box;font:inherit;font-family:ui-monospace,monospace;font-size:.85rem}#answer{margin:1.5rem 0;padding:1rem;border:2px solid #777}#answer.yes{border-color:light-dark(#1a6e2e,#6fce8a)}#answer.no{border-color:light-dark(#a4161a,#ff9b93)}#answer h2{margin:.2rem 0}pre{white-space:pre-wrap;word-break:break-all;font-size:.85rem}</style>
</head><body><main>
<h1>核验公开日志的证明</h1>
<p>选证明文件（.tlog-proof）。全部在这台电脑上计算，不联网，不上传。</p>
<label for="file">证明文件</label><input id="file" type="file">
<label for="doc">手里的文件：从登记库下载的数据文件（/public/v1/documents/… 的 .json；可以不选，选了就由其正文与附件的摘要算出内容摘要）</label><input id="doc" type="file" accept=".json,application/json">
<label for="hash">文件的内容摘要（可以不填；填了就比较）</label><input id="hash" type="text" maxlength="64" autocomplete="off">
<label for="keys">信任的公钥，一行一个（请与从别处得到的核对）</label><textarea id="keys" rows="4"></textarea>
<div id="answer" role="status" aria-live="polite"><h2>还没有选证明文件</h2></div>
</main>
<script>
'use strict';
const config = ${data};
const $ = (id) => document.getElementById(id);
$('keys').value = config.keys.map((k) => k.vkey + (k.until === null ? '' : ' 签到 ' + k.until)).join('\\n');
const bytesOf = (b64) => { if (!/^[A-Za-z0-9+/]*={0,2}$/.test(b64)) throw new Error('不是规范的 Base64'); return Uint8Array.from(atob(b64), (c) => c.charCodeAt(0)); };
const utf8 = (s) => new TextEncoder().encode(s);
const join = (...parts) => { const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0)); let at = 0; for (const p of parts) { all.set(p, at); at += p.length; } return all; };
const sha = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)));
const hex = (b) => [...b].map((x) => x.toString(16).padStart(2, '0')).join('');
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
const names = {publish:'公布',import:'登记已公布的文件',amend:'修改',repeal:'废止',annul:'撤销',lapse:'失效',suspend:'停止执行',resume:'恢复执行',restore:'变动收回',reinstate:'变动重新生效',interpret:'公布解读',term:'写明有效期',withdraw:'不再公开',expire:'有效期届满',take_effect:'到期生效'};
function show(ok, title, more) { const box = $('answer'); box.className = ok ? 'yes' : 'no'; box.textContent = ''; const h = document.createElement('h2'); h.textContent = title; box.append(h); if (more) { const p = document.createElement('pre'); p.textContent = more; box.append(p); } }
function proofOf(text) {
  const cut = text.indexOf('\\n\\n'); const lines = (cut < 0 ? text : text.slice(0, cut)).split('\\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') throw new Error('第一行不是 c2sp.org/tlog-proof@v1');
  if (cut < 0) throw new Error('没有检查点，文件不完整');
  const extra = lines[0] && lines[0].startsWith('extra ') ? bytesOf(lines.shift().slice(6)) : null;
  const found = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() || ''); if (!found) throw new Error('没有条目的序号，文件不完整');
  const hashes = lines.map(bytesOf); if (hashes.some((h) => h.length !== 32)) throw new Error('摘要的长度不对，文件不完整');
  return { extra, index: Number(found[1]), hashes, note: text.slice(cut + 2) };
}
function noteOf(text) {
  const cut = text.lastIndexOf('\\n\\n'); if (cut < 0 || !text.endsWith('\\n')) throw new Error('检查点没有签名，文件不完整');
  const body = text.slice(0, cut + 1); const [origin, size, root] = body.split('\\n');
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size || '')) throw new Error('检查点的大小读不出来');
  const lines = text.slice(cut + 2, -1).split('\\n').map((line) => { const [dash, name, sig, rest] = line.split(' '); if (dash !== '—' || !sig || rest) throw new Error('签名行的写法不对'); const b = bytesOf(sig); return { name, id: hex(b.slice(0, 4)), sig: b.slice(4) }; });
  return { body, origin, size: Number(size), root: bytesOf(root || ''), lines };
}
async function ed(key, message, sig) { const k = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']); return crypto.subtle.verify('Ed25519', k, sig, message); }
async function included(leaf, index, size, proof, root) {
  let fn = index, sn = size - 1, r = leaf; const half = (n) => Math.floor(n / 2);
  for (const p of proof) { if (sn === 0) return false; if (fn % 2 === 1 || fn === sn) { r = await sha(Uint8Array.of(1), p, r); while (fn % 2 === 0 && fn !== 0) { fn = half(fn); sn = half(sn); } } else r = await sha(Uint8Array.of(1), r, p); fn = half(fn); sn = half(sn); }
  return sn === 0 && same(r, root);
}
async function check(text) {
  let proof, note;
  try { proof = proofOf(text); note = noteOf(proof.note); } catch (e) { return show(false, '证明文件读不出来：' + e.message + '。请重新下载。'); }
  const keys = $('keys').value.split('\\n').filter((l) => l.trim()).map((l) => { const [vkey, , until] = l.trim().split(/ +/); const m = /^([^+]+)\\+([0-9a-f]{8})\\+(.+)$/.exec(vkey); return m ? { name: m[1], id: m[2], bytes: bytesOf(m[3]), until: until ? Number(until) : null } : null; }).filter((k) => k && k.bytes[0] === 1);
  if (!keys.some((k) => k.name === note.origin)) return show(false, '这是另一个日志的证明：它出自 ' + note.origin + '。');
  const mine = note.lines.flatMap((line) => keys.filter((k) => k.name === line.name && k.id === line.id).map((key) => ({ line, key })));
  if (mine.length === 0) return show(false, '检查点上没有所信任的公钥的签名：公钥不对，或者不是这个日志签的。');
  for (const { line, key } of mine) if (!(await ed(key.bytes.slice(1), utf8(note.body), line.sig))) return show(false, '检查点的签名不成立：内容或者签名被改动过。');
  if (mine.every(({ key }) => key.until !== null && note.size > key.until)) return show(false, '签名所用的公钥已经更换，此后的检查点不得再用它签。');
  const witnessed = [];
  for (const w of config.witnesses) { const m = /^([^+]+)\\+([0-9a-f]{8})\\+(.+)$/.exec(w); if (!m) continue; const key = bytesOf(m[3]); for (const line of note.lines) if (line.name === m[1] && line.id === m[2] && key[0] === 4) { const time = Number(new DataView(line.sig.buffer, line.sig.byteOffset, 8).getBigUint64(0)); if (time > Date.now() / 1000 + 300) return show(false, m[1] + ' 的签名时间晚于现在：这台电脑的时钟不对，或者签名是伪造的。'); if (await ed(key.slice(1), utf8('cosignature/v1\\ntime ' + time + '\\n' + note.body), line.sig.slice(8))) witnessed.push(m[1] + '（' + new Date(time * 1000).toLocaleString('zh-CN') + '）'); } }
  if (proof.index >= note.size) return show(false, '证明所指的第 ' + proof.index + ' 条不在这个检查点之内：它只有 ' + note.size + ' 条。');
  if (!proof.extra) return show(false, '证明文件没有附带条目的内容，请从文件的页面重新下载。');
  if (!(await included(await sha(Uint8Array.of(0), proof.extra), proof.index, note.size, proof.hashes, note.root))) return show(false, '证明不成立：所附的内容不是日志里的这一条，或者被改动过。');
  const entry = JSON.parse(new TextDecoder().decode(proof.extra)); const d = entry.document; const hash = $('hash').value.trim().toLowerCase();
  if (hash && (!d || d.content !== hash)) return show(false, '日志里有这一条，但内容摘要与您所填的不同：您手里的文件不是登记的那一件，或者被改动过。', d ? '登记的摘要：' + d.content : '');
  show(true, '属实：是日志的第 ' + proof.index + ' 条' + (hash ? '，内容摘要相符' : '') + '。', ['日志：' + note.origin + '，共 ' + note.size + ' 条', '事项：' + (names[entry.type] || entry.type) + '，' + entry.at, d ? '文号：' + (d.number || '无') + '\\n施行：' + (d.effective || '未载明') + '　有效期至：' + (d.until || '未规定') + '\\n内容摘要：' + d.content + (d.force.length ? '\\n效力变动：' + d.force.map((f) => f.on + ' ' + f.kind).join('、') : '') : '', witnessed.length ? '见证：' + witnessed.join('、') : '未经见证', '以上截至这个检查点；其后有没有新的变动，请取最新的证明。'].filter(Boolean).join('\\n'));
}
$('file').addEventListener('change', async () => { const [f] = $('file').files; if (f) await check(await f.text()).catch((e) => show(false, '没能核验：' + e.message)); });
$('hash').addEventListener('change', () => $('file').dispatchEvent(new Event('change')));
// The recipe of the content digest: the first line, then the canonical JSON (RFC 8785) of the words and the attachments.
$('doc').addEventListener('change', async () => {
  const [f] = $('doc').files; if (!f) return;
  try {
    const { body, attachments = [] } = JSON.parse(await f.text());
    if (typeof body !== 'string' || !Array.isArray(attachments)) throw new Error('里面没有正文');
    const canonical = '{"attachments":[' + attachments.map((a) => '{"mediaType":' + JSON.stringify(a.mediaType) + ',"name":' + JSON.stringify(a.name) + ',"sha256":' + JSON.stringify(a.sha256) + '}').join(',') + '],"body":' + JSON.stringify(body) + '}';
    $('hash').value = hex(await sha(utf8('dianzhang/content/1\\n'), utf8(canonical)));
  } catch (e) { $('hash').value = ''; return show(false, '这不是登记库的数据文件：' + e.message + '。请从文件的页面重新下载。'); }
  $('file').dispatchEvent(new Event('change'));
});
</script></body></html>
`
}
