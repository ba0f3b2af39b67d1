// 下一步多半要用的程序：页面显示以后，趁空闲先取来，点开时就不必等。
export const documentPage = () => import('../document/page.tsx')
