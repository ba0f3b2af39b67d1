// 接口的答复，一种一个模式：服务端的处理照此写、接口说明由此生成、工作台与测试照此读。字段可以增加，不减少。
export * from './common.ts'
export * from './document.ts'
export * from './impact.ts'
export * from './matters.ts'
export * from './numbers.ts'
export * from './people.ts'
export * from './rules.ts'
export * from './site.ts'
