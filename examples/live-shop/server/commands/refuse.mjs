/** A command that makes no sense; its message is for the host. */
export class Refusal extends Error {}

/** @param {string} message for the host */
export const refuse = (message) => {
  throw new Refusal(message)
}
