// 测试里的生产服务是谁的网站：没有这一项，生产模式不启动。
export const testSite: string = JSON.stringify({
  government: '海原县人民政府',
  host: '海原县人民政府办公室',
  operator: '海原县大数据中心',
  phone: '0955-4010000',
  icp: '宁ICP备00000000号',
  siteCode: '6405220001',
  correction: 'https://zfwzgl.www.gov.cn/exposure/jiucuo.html',
})
