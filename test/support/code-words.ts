// 写成代码的话：小写的英文词、命令与栏目的代码名（OpenPublicConsultation、draftingUnit）、没有译成名称的标识、没有写成
// 北京时间的时刻。页面与表格用同一份。

/** 网址、文件的后缀不算。 */
const aside = /(https?:\/)?\/\S+|\.[a-z]{3,4}\b/g
const word =
  /\b[a-z][a-z_]{2,}\b|\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b|\b[a-z]+(?:[A-Z][a-z]*)+\b|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|\d{4}-\d\d-\d\dT\d\d/g
/** 格式与标准的名称。 */
const known = ['docx', 'xlsx', 'csv', 'pdf', 'ofd', 'json', 'schema', 'org']

/** 这段文字里有没有写成代码的话。 */
export const isCode = (text: string): boolean =>
  (text.replace(aside, '').match(word) ?? []).some((each) => !known.includes(each))
/** 同一个判断，写成在页面里运行的一个函数。 */
export const isCodeSource = `(text) => (text.replace(${aside}, '').match(${word}) ?? [])
  .some((each) => !${JSON.stringify(known)}.includes(each))`
