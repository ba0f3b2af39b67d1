// One document's title is written in many ways: with or without “中华人民共和国”, with single or double title marks, with
// full- or half-width brackets, with the year of revision behind. Titles equal after normalisation count as the same.
// The SQL form equals the expression of the index register_entries_title_key to the letter, or the index could not be
// used; tests compare the two forms.
import { type SQL, sql } from '@dianzhang/database'

const ignored = ' 〈〉《》“”‘’"\'·'
const ignoredPattern = new RegExp(`[${ignored}]`, 'gu')
// “（2018年修正）”, “（2020修订版）” are versions of one act; “（试行）”, “（一）”, “（2018年）” belong to its name.
const version = '\\(((19|20)[0-9]{2}年?)?(第[一二三四五六七八九十]{1,2}次)?(修[正订改](版|本|文本)?|版|本|文本)\\)$'
const versionPattern = new RegExp(version, 'u')

/** The normalised title, for comparing; an empty string means there is no text to compare. */
export const titleKey = (title: string): string =>
  title.normalize('NFKC').replace(ignoredPattern, '').replaceAll('中华人民共和国', '').replace(versionPattern, '')

/** Like {@link titleKey}; `column` is a column name fixed in code outside this file, not input from outside. */
export const titleKeySql = (column: string): SQL =>
  sql.raw(
    `regexp_replace(replace(translate(normalize(${column}, NFKC), '${ignored.replace("'", "''")}', ''), '中华人民共和国', ''), '${version}', '')`,
  )
