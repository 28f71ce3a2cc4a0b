/** How the tag's files are minified; a size is measured the same way. */
export const MINIFY = {
  ecma: 2022,
  toplevel: true,
  compress: { passes: 3, keep_fargs: false, unsafe_arrows: true },
  format: { comments: false },
}
