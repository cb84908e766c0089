/** What a line of progress starts with, among all else that tests may write: the ASCII control character "record separator". */
export const progressMark = '\u001E'
