// Exports of the xlsx reader.
export { dayOfSerial, readXlsx, type Sheet, type SheetRow, type XlsxLimits, xlsxLimits } from './read-xlsx.ts'
