// 规则包与放假通知的版次：每有变动，由数据库的触发器加一。作为别的语句中的一列读来，不另问一次；与记住的不同，
// 便是同一数据库上别的服务（或者命令行）录入了新的，`RuleStore.current` 随即重新读入。
export const rulesRevision = `coalesce((select v.n from rules_version v), 0)::text`
