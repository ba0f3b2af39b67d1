// 一页有多大。

/** 每页的上限（字节）；超过的正文分部分显示，各部分连同标记不超过后一个数。 */
export const largestPage = 60_000
export const largestPart = 42_000
