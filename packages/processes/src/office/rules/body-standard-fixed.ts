import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const bodyStandardFixed: OfficeRule = {
  id: 'body.standard-fixed',
  title: '随规则包与单位建立的，名称、种类、所在单位不单独更正',
  severity: 'block',
  basis: source.organicLaw('第七十五条'),
  by: ['系统管理员'],
  judge: (f) => {
    const { name, form, seat } = f.command.payload
    const was = f.state.body?.before
    const renamed =
      (typeof name === 'string' && name !== was?.name) ||
      (typeof form === 'string' && form !== was?.form) ||
      (typeof seat === 'string' && seat !== was?.seat)
    const { body } = f.state
    if (body === undefined) return holds('尚不知道所办的内容')
    return body.before !== null && body.standard && renamed
      ? fails('随规则包与单位建立的，名称、种类、所在单位随之而定；可以停用，另行登记一个')
      : holds('不是随规则包建立的，或者没有改动名称')
  },
  examples: {
    holds: [
      {
        name: '管理员登记的，改名',
        given: (f) =>
          during(
            f,
            'SaveBody',
            { id: 'b', name: '县长办公会议' },
            {
              body: {
                before: { name: '县政府专题会议', form: '专题会议', seat: null, active: true },
                standard: false,
                namesake: false,
              },
            },
          ),
      },
      {
        name: '停用常务会议',
        given: (f) =>
          during(
            f,
            'SaveBody',
            { id: 'b', active: false },
            {
              body: {
                before: { name: '县政府专题会议', form: '专题会议', seat: null, active: true },
                standard: true,
                namesake: false,
              },
            },
          ),
      },
    ],
    refused: [
      {
        name: '常务会议改名',
        given: (f) =>
          during(
            f,
            'SaveBody',
            { id: 'b', name: '县长办公会议' },
            {
              body: {
                before: { name: '县政府专题会议', form: '专题会议', seat: null, active: true },
                standard: true,
                namesake: false,
              },
            },
          ),
        says: '可以停用',
      },
    ],
  },
}
