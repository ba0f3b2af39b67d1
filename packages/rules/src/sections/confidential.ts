// 依法需要保密的情形。各项参数在此登记：later(名称, 合并方式, { national, before })。

export const confidential = {}
