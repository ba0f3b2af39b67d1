import { fileURLToPath } from 'node:url'

/** 仓库的根文件夹。 */
export const repository = fileURLToPath(new URL('../../../../../', import.meta.url))
