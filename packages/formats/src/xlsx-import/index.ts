// xlsx 读入的出口。
export { dayOfSerial, readXlsx, type Sheet, type SheetRow, type XlsxLimits, xlsxLimits } from './read-xlsx.ts'
