/**
 * Cuts a streamed text into lines (CR LF, LF or CR). What a line holds beyond `limit` characters is dropped unread, so
 * that an endless line costs no memory; it is then still longer than `limit`.
 * @returns feeds a piece; with `end` the unfinished line counts as finished
 */
export function createLineSplitter(
  onLine: (line: string) => void,
  limit: number,
): (piece: string, end?: boolean) => void {
  let rest = ''
  return (piece, end = false) => {
    const lines = (rest + piece).split(end ? /\r\n?|\n/ : /\r\n|\n|\r(?!$)/)
    rest = end ? '' : (lines.pop() ?? '').slice(0, limit + 1)
    for (const line of lines) onLine(line)
  }
}
