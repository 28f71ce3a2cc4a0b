/**
 * Who follows the host, which messages viewers reported, and whom the host muted: for the host's eyes, kept in the private ledger.
 * @param {{ ledger: object }} options
 */
export function createCrowdBox({ ledger }) {
  const followers = new Set()
  const reports = new Map()
  const muted = new Map()
  const recall = ({ kind, id, author, name, follows }) => {
    if (kind === 'host.follow') followers[follows ? 'add' : 'delete'](author)
    if (kind === 'message.report') reports.set(id, (reports.get(id) ?? new Set()).add(author))
    if (kind === 'chat.mute') muted.set(author, name)
    if (kind === 'chat.unmute') muted.delete(author)
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
    /** Those who may not speak: `{ author, name }`, the newest last. */
    muted: () => [...muted].map(([author, name]) => ({ author, name })),
    isMuted: (author) => muted.has(author),
    mute: (author, name) => note({ kind: 'chat.mute', author, name }),
    unmute: (author) => note({ kind: 'chat.unmute', author }),
    report: (author, id) =>
      reports.get(id)?.has(author) ? { ok: false, reason: 'already' } : note({ kind: 'message.report', id, author }),
  }
}
