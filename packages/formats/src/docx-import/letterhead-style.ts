/** Character style of 发文机关标志 and 签发人 in the files this system writes: printed, but not part of the text. */
export const letterheadStyle = 'DianzhangLetterhead'
