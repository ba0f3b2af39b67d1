// 各层级由谁审核、决定、撤销、废止、停止执行。各项参数在此登记：later(名称, 合并方式, { national, before })。

export const organs = {}
