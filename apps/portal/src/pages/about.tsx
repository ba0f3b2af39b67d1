// About this site: where the data come from, how status and deadlines are computed, how to verify, what it cannot do
// yet.
import type { Page } from '../page.ts'

export function aboutPage(): Page {
  return {
    title: '关于本站',
    crumbs: [{ label: '关于本站' }],
    body: (
      <>
        <h1>关于本站</h1>
        <p>本站公开行政规范性文件：从征求意见到公布、修改、废止，每一步都可以查到，不需要注册，不使用脚本。</p>
        <h2>这里有什么，没有什么</h2>
        <ul>
          <li>有：正在和曾经公开征求意见的草案、意见采纳情况、已经公布且主动公开的文件。</li>
          <li>没有：还没有公开征求意见的草案、内部审核材料、依申请公开和不予公开的文件。</li>
          <li>标明“外部导入”的条目来自公开渠道，不是本系统制发，内容和时效未经核实，以制定机关公布的文本为准。</li>
        </ul>
        <h2>效力状态是怎样来的</h2>
        <p>状态不是手工填写的，而是按日期和效力事件计算，可以问任何一天：</p>
        <ul>
          <li>尚未施行：公布了，但施行日期还没有到。</li>
          <li>现行有效：已经施行，没有到期，也没有被废止、撤销或停止执行。有效期的最后一天仍然有效。</li>
          <li>已修改：自修改之日起以修改后的文本为准。</li>
          <li>停止执行：决定停止执行期间不得适用。</li>
          <li>已失效：有效期届满，或者被宣布失效。</li>
          <li>已废止：自废止之日起不再有效，此前的效力不受影响。</li>
          <li>已撤销：自始无效。</li>
          <li>效力未核实：外部导入，来源没有说清楚，本站不替它断言。</li>
        </ul>
        <h2>期限是怎样算的</h2>
        <p>
          征求意见、审核、备案的期限都由同一个日历计算，写明届满的日期、星期和 24:00（北京时间）。算法和逐日过程见
          <a href="/calendar">算期限</a>，可以自己输入日期核对。
        </p>
        <h2>意见和回执</h2>
        <p>
          提意见不需要实名。提交后得到回执号、提交时间和内容摘要，凭回执号可以
          <a href="/receipts">查询意见和处理结果</a>
          。姓名、联系方式只供起草单位联系，不在任何公开页面、接口、订阅源中出现。
        </p>
        <h2>阅读与打印</h2>
        <ul>
          <li>页面右上角的“大字版”会放大全部文字，选择保存在您的浏览器里（只有这一个 Cookie）。</li>
          <li>
            正文里所引的法律、法规、文件，链接到文件库中当日适用的版本；已经废止、失效的，在旁边标明。标明的字不是正文。
          </li>
          <li>每件文件可以下载为 Word（公文版式）、网页、纯文本，以及供数据交换的 Akoma Ntoso、JSON-LD 和元数据。</li>
          <li>直接打印页面即可：页眉、检索框不会打印，末尾会带上网址和打印日期。</li>
          <li>
            正文以外的部分一般不超过 60
            KB（条文与引用特别多的法典除外）；正文很长的文件，整页大小随正文增加，不分页，便于在页内查找和打印。
          </li>
        </ul>
        <h2>订阅与接口</h2>
        <ul>
          <li>
            <a href="/feeds/register.atom">新公布的文件（Atom）</a>、
            <a href="/feeds/consultations.atom">公开征求意见（Atom）</a>
          </li>
          <li>
            文件变动（<a href="/feeds/changes.atom">Atom</a>、<a href="/feeds/changes.json">JSON Feed</a>
            ；加上检索条件即只订阅那一部分，如
            <code>/feeds/changes.atom?q=供水</code>）、<a href="/oai?verb=Identify">OAI-PMH</a>、
            <a href="/bulk/catalog.jsonld">整库文件目录</a>、<a href="/tlog">公开日志</a>
          </li>
          <li>
            <a href="/api/openapi.json">公开接口说明（OpenAPI）</a>、<a href="/sitemap.xml">站点地图</a>、 清理目录（
            <a href="/cleanup.csv">CSV</a>、<a href="/cleanup.xlsx">XLSX</a>）
          </li>
        </ul>
        <h2>怎样知道数据没有被改过</h2>
        <p>
          每一步办理都记入逐条相链的台账，每日封存；封存的摘要用数据库以外的密钥签名，公开在
          <a href="/public/v1/anchors">每日封存的锚</a>
          。任何人都可以留存：日后有人改动、删去已经封存的记录，或者把数据库整个重写，重算的摘要就与留存的锚对不上。锚不能证明台账所记的内容属实，也管不到当日封存以前的改动。
        </p>
        <h2>还做不到的</h2>
        <ul>
          <li>所引文件的链接只到文件库收录的条目；没有收录的、同名不能确定的，保持原文。</li>
          <li>没有语音朗读和少数民族文字版本。</li>
          <li>法域之外的地方节日，如未录入日历，期限计算会注明没有扣除。</li>
        </ul>
      </>
    ),
  }
}
