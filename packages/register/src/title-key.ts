// 同一部文件的名称有多种写法：带不带“中华人民共和国”，书名号单双层，括号全角半角，后附的修正年份。
// 归一后相同的视为同一名称。SQL 的写法与索引 register_entries_title_key 的表达式逐字相同，否则用不上索引；两种写法由测试对照。
import { type SQL, sql } from '@dianzhang/database'

const ignored = ' 〈〉《》“”‘’"\'·'
const ignoredPattern = new RegExp(`[${ignored}]`, 'gu')
// （2018年修正）（2020修订版）are versions of one act; （试行）（一）（2018年）belong to its name.
const version = '\\(((19|20)[0-9]{2}年?)?(第[一二三四五六七八九十]{1,2}次)?(修[正订改](版|本|文本)?|版|本|文本)\\)$'
const versionPattern = new RegExp(version, 'u')

/** 名称的归一写法，用于比较；空文本表示没有可比较的文字。 */
export const titleKey = (title: string): string =>
  title.normalize('NFKC').replace(ignoredPattern, '').replaceAll('中华人民共和国', '').replace(versionPattern, '')

/** 同 {@link titleKey}，`column` 是本文件之外写死的列名，不是外部输入。 */
export const titleKeySql = (column: string): SQL =>
  sql.raw(
    `regexp_replace(replace(translate(normalize(${column}, NFKC), '${ignored.replace("'", "''")}', ''), '中华人民共和国', ''), '${version}', '')`,
  )
