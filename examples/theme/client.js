// Words of this client, by key: src/text/en.ts has them all.
window.castcart ||= []
window.castcart.push({ text: { 'sheet.choose': 'Choose your size', 'product.visit': 'See it in the shop' } })
