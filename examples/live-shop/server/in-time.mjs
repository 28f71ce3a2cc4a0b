/** Seconds for which the shop honours what a viewer does after its end: the viewer's picture is behind the host's. */
export const GRACE = 15

/**
 * Whether a viewer acted before `end`: by the server's clock, or by the viewer's own picture for {@link GRACE} seconds more. What a
 * viewer says of the picture is believed for that long and no longer.
 * @param {{ moment?: number }} action
 * @param {number} end ms since 1970; Infinity: it has none
 * @param {number} time now
 */
export const isInTime = ({ moment }, end, time) =>
  time <= end || (typeof moment === 'number' && moment <= end && time <= end + GRACE * 1000)
