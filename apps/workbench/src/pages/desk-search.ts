// 待办列表的筛选，写在地址里。
export interface DeskSearch {
  stage?: string
  unit?: string
  q?: string
  /** 缺省只看待本人办理的。 */
  scope?: 'all' | 'done'
  /** 只看逾期的。 */
  overdue?: 'yes'
}
