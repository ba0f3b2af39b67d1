// 立的是行政规范性文件：名称不是“条例”；名称像内部管理、人事、表彰、总结的，提请核对。
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import { issuedTitle } from '@dianzhang/text'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'

const titled = (f: Facts, title: string): Facts => withDossier(f, { title })

export const initiationScope: Rule = {
  id: 'initiation.scope',
  title: '是行政规范性文件，名称合乎规范',
  severity: 'block',
  basis: source.legalityReview('二（三）'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { forbiddenGenres, outsideWords } = f.pack.initiation
    const plain = f.dossier.title.normalize('NFKC').replace(/\s+/gu, '')
    // 所印发的才是文件的名称；末尾的（试行）、（2026年修订）不计。
    const name = (issuedTitle(plain) ?? plain).replace(/[《》〈〉]/gu, '').replace(/\([^)]*\)$/u, '')
    const genre = forbiddenGenres.value.find((word) => name.endsWith(word))
    if (genre !== undefined)
      return fails(
        `名称不得称“${genre}”${mark(forbiddenGenres)}：行政规范性文件一般称规定、办法、规则、细则、意见、决定、通知、公告、通告；请改名以后重新申请立项`,
        basedOn(forbiddenGenres.source),
      )
    const outside = outsideWords.value.filter((word) => name.includes(word))
    if (outside.length > 0)
      return fails(
        `名称里有“${outside.join('、')}”：内部管理、人事任免、表彰奖惩、会议纪要、请示报告等不是行政规范性文件，不经本程序；请核对，确实涉及公民、法人和其他组织权利义务的照办`,
        { ...basedOn(outsideWords.source), severity: 'warn' },
      )
    return holds('名称合乎行政规范性文件的写法', basedOn([...forbiddenGenres.source, ...outsideWords.source]))
  },
  examples: {
    holds: [
      { name: '办法', given: (f) => f },
      { name: '贯彻上位条例的通知', given: (f) => titled(f, '海原县关于贯彻《物业管理条例》的通知') },
      { name: '为实施条例的办法', given: (f) => titled(f, '海原县实施〈宁夏回族自治区物业管理条例〉办法') },
      { name: '施工方法一类的词', given: (f) => titled(f, '海原县节水灌溉面积核定方法') },
    ],
    refused: [
      { name: '称条例', given: (f) => titled(f, '海原县物业管理条例'), says: '名称不得称“条例”' },
      { name: '试行的条例', given: (f) => titled(f, '海原县物业管理条例（试行）'), says: '名称不得称“条例”' },
      {
        name: '通知印发的是条例',
        given: (f) => titled(f, '海原县人民政府关于印发《海原县物业管理条例》的通知'),
        says: '名称不得称“条例”',
      },
      {
        name: '表彰（只提请核对）',
        given: (f) => titled(f, '海原县人民政府关于表彰先进单位的决定'),
        says: '名称里有“表彰”',
      },
      {
        name: '人事任免（只提请核对）',
        given: (f) => titled(f, '海原县人民政府关于干部任免的通知'),
        says: '请核对',
      },
    ],
  },
}
