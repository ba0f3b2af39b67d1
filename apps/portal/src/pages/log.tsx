// What the public log is, how far it is signed, by whom it was witnessed, and how anybody checks it. No script on the page;
// the checking page is a file to be taken home.
import { encode } from 'uqr'
import type { LogShown, Page } from '../page.ts'
import { beijingIso } from '../words.ts'

export function logPage(log: LogShown | null): Page {
  return {
    title: '公开日志',
    crumbs: [{ label: '公开日志' }],
    body: (
      <>
        <h1>公开日志</h1>
        <p>
          本站公布、修改、废止、停止执行、失效、备案的每一件，都在一本只能往后写的公开日志里留一条。日志里只有摘要和公开的事实，没有正文，没有个人信息。任何人留一份副本，就能看出有没有人改过、删过、插过，登记库说的是不是全部。
        </p>
        {log === null ? <p class="caution">公开日志还没有启用。</p> : <LogState log={log} />}
        <h2>怎样核对</h2>
        <ol>
          <li>
            在文件的页面末尾取它的<strong>证明文件</strong>。
          </li>
          <li>
            下载<a href="/tlog/verify.html">核验页</a>
            ，存在自己的电脑上打开，选证明文件。不联网也能用，几秒钟就有结论。
          </li>
          <li>
            会用命令行的，核对全部：<code>npx dianzhang log verify 本站地址/tlog/</code>；留副本用{' '}
            <code>log mirror</code>
            ，做见证人用 <code>log witness</code>。
          </li>
        </ol>
        <h2>给程序</h2>
        <ul>
          <li>
            <a href="/tlog/checkpoint">签名的检查点</a>、<a href="/tlog/vkey">公钥</a>、
            <a href="/.well-known/dianzhang-log.json">名称、公钥与见证规则</a>、
            <a href="/public/v1/changes">逐条的变动</a>
          </li>
          <li>格式是 C2SP 的 tlog-tiles、signed-note、tlog-proof，别人写的程序可以直接核对。</li>
        </ul>
      </>
    ),
  }
}

function LogState({ log }: { log: LogShown }) {
  return (
    <>
      {log.demo ? <p class="caution">这是演示：日志的名称里写着 demo，所签的不作数。</p> : null}
      {log.held ? (
        <p class="caution" role="alert">
          {log.held}
        </p>
      ) : null}
      {log.policyFault === null ? null : (
        <p class="caution" role="alert">
          暂时没有请人见证：{log.policyFault}
        </p>
      )}
      <h2>现在</h2>
      <ul>
        <li>名称：{log.origin}</li>
        <li>
          已签 {log.size} 条
          {log.signedAt ? `，最近一次在 ${beijingIso(log.signedAt).slice(0, 16).replace('T', ' ')}（北京时间）` : ''}。
        </li>
        <li>
          {log.witnesses.length > 0
            ? `由${log.witnesses.join('、')}见证${log.quorum > log.witnesses.length ? `，还差 ${log.quorum - log.witnesses.length} 个` : ''}。`
            : '未经见证：还没有别的机关在检查点上签名。'}
        </li>
        <li>
          公钥：<code class="wrap">{log.keys[0]}</code>
        </li>
        {log.retired.map(({ vkey, until }) => (
          <li>
            已更换的公钥（只认到第 {until} 条）：<code class="wrap">{vkey}</code>
          </li>
        ))}
        {log.breaks.map((each) => (
          <li>
            {each.at.slice(0, 10)} 声明过中断：先前名为 {each.origin}，签到第 {each.size} 条。原因：{each.reason}
          </li>
        ))}
      </ul>
    </>
  )
}

/** A QR code as the address of an image: a stroke a row, drawn over the dark modules and moved over the others. */
function qrOf(words: string): string {
  const { data, size } = encode(words, { ecc: 'L', border: 4 })
  const rows = data.map((row, y) => {
    let line = `M0 ${y + 0.5}`
    for (let x = 0; x < row.length; ) {
      const from = x
      const dark = row[x]
      while (x < row.length && row[x] === dark) x++
      if (dark || x < row.length) line += dark ? `h${x - from}` : `m${x - from} 0`
    }
    return line
  })
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path stroke="#000" d="${rows.join('')}"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(drawn).replaceAll('%20', ' ').replaceAll('%2F', '/')}`
}

/** The place of a document in the log, with a code for the printed page: the address of its proof and its digest. */
export function ProofOf({
  id,
  origin,
  index,
  textHash,
}: {
  id: string
  origin: string
  index: number
  textHash: string
}) {
  const address = `/public/v1/proofs/${index}`
  const code = qrOf(`${origin}${address}#sha256=${textHash}`)
  return (
    <section aria-labelledby="proof-title">
      <h2 id="proof-title">核验</h2>
      <p>
        本件现在的状态是<a href="/tlog">公开日志</a>第 {index} 条：
        <a href={address} download={`${index}.tlog-proof`}>
          取证明文件
        </a>
        ，用<a href="/tlog/verify.html">核验页</a>离线核对；连同
        <a href={`/public/v1/documents/${encodeURIComponent(id)}`} download={`${id}.json`}>
          数据文件
        </a>
        一起选的，正文与附件有没有改动也看得出。内容摘要（SHA-256）：<code class="wrap">{textHash}</code>
      </p>
      <img alt={`二维码：第 ${index} 条的证明与内容摘要`} width="132" height="132" src={code} />
    </section>
  )
}
