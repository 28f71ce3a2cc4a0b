/** Whether so few are left that a viewer should know. */
export function isFew(stock: number | undefined): stock is number {
  return stock !== undefined && stock > 0 && stock <= 5
}
