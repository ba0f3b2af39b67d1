// 索引号: given by the portal, kept for life, stored as opaque text (rules 5.4). Portals differ, so the check is a profile;
// uniqueness is only promised inside one portal.
import { NumberingError } from './numbering-error.ts'

export interface PortalProfile {
  id: string
  description: string
  /** Source of a regular expression for the whole text. */
  pattern: string
  example: string
  /** Where the form comes from. */
  source: string
}

export interface IndexNumberCheck {
  valid: boolean
  faults: Array<{ code: 'empty' | 'too_long' | 'spaces' | 'profile_mismatch'; message: string }>
}

const longest = 64

/** Profiles seen; a portal may bring its own. */
export const portalProfiles = {
  national: {
    id: 'national',
    description: '9位机构代码（去连字符）/4位年份-5位流水号，共20位',
    pattern: '[0-9A-Z]{9}/(?:19|20)[0-9]{2}-[0-9]{5}',
    example: '000014349/2018-00216',
    source: '国务院办公厅秘书局《政府信息公开目录系统实施指引（试行）》',
  },
  creditCode: {
    id: 'creditCode',
    description: '18位统一社会信用代码/4位年份-5至7位流水号',
    pattern: '[0-9A-Z]{18}/(?:19|20)[0-9]{2}-[0-9]{5,7}',
    example: '11441300007187648G/2017-00096',
    source: '地方政府门户网站页面',
  },
  yearMonth: {
    id: 'yearMonth',
    description: '9位机构代码/年月-5位流水号',
    pattern: '[0-9A-Z]{9}/(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])-[0-9]{5}',
    example: '003129766/201901-00336',
    source: '地方政府门户网站页面',
  },
  hyphenated: {
    id: 'hyphenated',
    description: '机构代码或者字母代号-4位年份-5至6位流水号',
    pattern: '[0-9A-Z]{4,18}-(?:19|20)[0-9]{2}-[0-9]{5,6}',
    example: '01527918X-2020-153077',
    source: '地方政府门户网站页面',
  },
  opaque: {
    id: 'opaque',
    description: '不检查写法，只要求不含空格、不超过64个字符',
    pattern: '[^\\s]+',
    example: '/202404-01329',
    source: '写法不明的门户网站',
  },
} satisfies Record<string, PortalProfile>

/** Checks a 索引号 against the profile of one portal; without a profile only that it is usable as opaque text. */
export function validateIndexNumber(
  text: string,
  portalProfile: PortalProfile = portalProfiles.opaque,
): IndexNumberCheck {
  if (typeof text !== 'string' || text === '') return refused('empty', '索引号为空')
  if (text.length > longest) return refused('too_long', `索引号超过${longest}个字符`)
  if (/[\s\p{Cc}]/u.test(text)) return refused('spaces', '索引号含有空格或者控制字符')
  if (new RegExp(`^(?:${portalProfile.pattern})$`, 'u').test(text)) return { valid: true, faults: [] }
  return refused('profile_mismatch', `索引号应为：${portalProfile.description}，例如 ${portalProfile.example}`)
}

/**
 * National form: `{ organisationCode: '64052200-1', year: 2023, seq: 173 }` → `640522001/2023-00173`.
 * Refuses a code that is not 9 characters, a wrong year, a serial outside 1–99999.
 */
export function formatIndexNumber(parts: { organisationCode: string; year: number; seq: number }): string {
  const code = parts.organisationCode.replace(/-/g, '')
  if (!/^[0-9A-Z]{9}$/.test(code)) {
    throw new NumberingError('invalid_organisation_code', `机构代码“${parts.organisationCode}”应为9位数字或者大写字母`)
  }
  if (!Number.isInteger(parts.year) || parts.year < 1900 || parts.year > 2099) {
    throw new NumberingError('invalid_year', `索引号的年份“${parts.year}”无效`)
  }
  if (!Number.isInteger(parts.seq) || parts.seq < 1 || parts.seq > 99_999) {
    throw new NumberingError('invalid_sequence', `索引号的流水号“${parts.seq}”无效：应为1至99999`)
  }
  return `${code}/${parts.year}-${String(parts.seq).padStart(5, '0')}`
}

function refused(code: IndexNumberCheck['faults'][number]['code'], message: string): IndexNumberCheck {
  return { valid: false, faults: [{ code, message }] }
}
