import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/lib/plain-text.ts'

describe('plainText', () => {
  it.for([
    ['&quot;Red mug&quot; is sold out', '"Red mug" is sold out'],
    ['You can&#39;t add <a href="x">more</a>', "You can't add more"],
    ['Only 2 < 3 & more', 'Only 2 < 3 & more'],
    ['&#x1F600; &unknown; &amp;lt;', '😀 &unknown; &lt;'],
    ['L&rsquo;article &laquo;&nbsp;Th&eacute;&raquo; &hellip;', 'L’article « Thé» …'],
    ['Nicht verf&uuml;gbar, gro&szlig;e Gr&ouml;&szlig;e', 'Nicht verfügbar, große Größe'],
    ['&constructor; &toString;', '&constructor; &toString;'],
    ['<script>alert(1)</script>', 'alert(1)'],
  ] as const)('reads %j', ([html, text]) => expect(plainText(html)).toBe(text))

  it('survives code points that are none, and cuts long texts', () => {
    expect(plainText('&#999999999; &#xfffff;')).toContain('&#999999999;')
    expect(plainText('x'.repeat(999))).toHaveLength(300)
  })
})
