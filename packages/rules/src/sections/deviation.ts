// 紧急、缩短、提前与逾期：情形、批准人、底线。各项参数在此登记：later(名称, 合并方式, { national, before })。

export const deviation = {}
