// 事项列表的筛选，写在地址里。
export interface MatterSearch {
  process?: string
  q?: string
  /** 缺省只看待本人办理的。 */
  scope?: 'all' | 'done'
}
