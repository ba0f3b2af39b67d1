const page = (title: string) => () => <main className="page"><h1>{title}</h1></main>
export const SeriesPage = page('编号台'), NumbersPage = page('编号'), FilingsPage = page('备案台'), SessionsPage = page('议题'), IssuersPage = page('制定主体清单'), PacksPage = page('规则包'), PeoplePage = page('人员与单位'), DelegationsPage = page('委托'), HolidaysPage = page('放假安排'), LedgerPage = page('台账核验'), JobsPage = page('到期作业')
