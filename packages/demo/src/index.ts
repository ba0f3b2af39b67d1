// 演示县：以真实的命令布置的单位、账号与案卷。
export * from './county.ts'
export { type DemoGuideLine, demoGuide } from './guide.ts'
export { type DemoSeed, seedDemo } from './seed.ts'
export { SeedClock } from './seed-clock.ts'
