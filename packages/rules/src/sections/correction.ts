// 签署后的更正。各项参数在此登记：later(名称, 合并方式, { national, before })。

export const correction = {}
