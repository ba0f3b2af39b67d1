/** Whose site the measured service is; production does not start without one. */
export const benchSite: string = JSON.stringify({
  government: '某县人民政府',
  host: '某县人民政府办公室',
  operator: '某县大数据中心',
  phone: '0000-0000000',
  icp: '备00000000号',
  siteCode: '0000000000',
  correction: 'https://example.gov.cn/correction',
})
