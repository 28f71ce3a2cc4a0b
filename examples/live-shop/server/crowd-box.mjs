/**
 * Who follows the host, and which messages viewers reported: for the host's eyes, kept in the private ledger.
 * @param {{ ledger: object }} options
 */
export function createCrowdBox({ ledger }) {
  const followers = new Set()
  const reports = new Map()
  const recall = ({ kind, id, author, follows }) => {
    if (kind === 'host.follow') followers[follows ? 'add' : 'delete'](author)
    if (kind === 'message.report') reports.set(id, (reports.get(id) ?? new Set()).add(author))
  }
  const note = async (entry) => {
    recall(entry)
    await ledger.note(entry)
    return { ok: true }
  }
  return {
    recall,
    get followers() {
      return followers.size
    },
    /** How many viewers reported each message, by its id. */
    reports: () => Object.fromEntries([...reports].map(([id, authors]) => [id, authors.size])),
    follow: (author, follows) => note({ kind: 'host.follow', author, follows }),
    report: (author, id) =>
      reports.get(id)?.has(author) ? { ok: false, reason: 'already' } : note({ kind: 'message.report', id, author }),
  }
}
