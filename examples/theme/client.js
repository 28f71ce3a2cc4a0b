// Words of this client, by key: src/text/en.ts has them all.
window.castcart ||= []
window.castcart.push({ text: { 'sheet.choose': 'Choose your size', 'sheet.add': 'Reserve yours' } })
