// 装好规则包的新数据库，供随即开一间办公室。
import { connect } from '@dianzhang/database'
import { installPacks } from '@dianzhang/workflow'
import { type TestDatabase, testDatabase } from './database.ts'

/**
 * 给调用者一个，文件结束后删除。程序所带的规则包有几十份，逐份记入办公台账，每次运行装一次，各文件克隆；办公室开张时照样
 * 逐份核对。
 */
export const officeDatabase = (): Promise<TestDatabase> =>
  testDatabase({
    prepared: {
      name: 'packs',
      prepare: async (url) => {
        const { db, close } = connect(url, { max: 1 })
        await installPacks(db, new Date('2026-01-01T00:00:00Z')).finally(close)
      },
    },
  })
