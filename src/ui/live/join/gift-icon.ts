/** Path of a parcel with a bow. */
export const GIFT =
  'M4 11h16v9H4zM3 7.5h18V11H3zM12 7.5V20M12 7.5c-4 0-5.5-1.5-4.8-3.3S11 3.5 12 7.5zm0 0c4 0 5.5-1.5 4.8-3.3S13 3.5 12 7.5z'
