// 名册中的一个人。
export interface Person {
  id: string
  name: string
  username: string | null
  unit: string
  unitName: string
  active: boolean
  posts: Array<{ role: string; unit: string; startsOn: string | null; endsOn: string | null }>
}
