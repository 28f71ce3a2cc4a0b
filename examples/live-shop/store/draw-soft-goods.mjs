import { at, blend, box, oval, path, picture, shadow, stroke, tone } from './draw.mjs'

const BODY =
  'M-22 22C-40 32-56 36-60 46C-62 110-66 180-74 262C-30 274 30 274 74 262C66 180 62 110 60 46C56 36 40 32 22 22C12 34-12 34-22 22Z'

function coatParts(sheet, color) {
  const wool = blend(
    sheet,
    [-80, 30, 90, 250],
    [
      [0, tone(color, 0.14)],
      [0.5, color],
      [1, tone(color, -0.24)],
    ],
  )
  const dark = 'rgba(30,14,6,.42)'
  const parts = [
    stroke('M0 6C14-4 10-16 0-14', '#c9a05f', 4),
    stroke('M0 8L-52 40M0 8L52 40', '#7a4a2c', 7),
    path(
      'M-54 38C-86 54-96 110-102 196C-92 204-78 206-68 204C-66 150-60 110-52 88Z',
      blend(
        sheet,
        [-102, 0, -52, 0],
        [
          [0, tone(color, -0.05)],
          [1, tone(color, -0.28)],
        ],
      ),
    ),
    path(
      'M54 38C86 54 96 110 102 196C92 204 78 206 68 204C66 150 60 110 52 88Z',
      blend(
        sheet,
        [52, 0, 102, 0],
        [
          [0, tone(color, -0.34)],
          [1, tone(color, -0.16)],
        ],
      ),
    ),
    stroke('M-99 176l33 5M99 176l-33 5', dark, 2),
    path('M-18 26L0 92L18 26C8 34-8 34-18 26Z', tone(color, -0.62)),
    path(BODY, wool),
    path('M-14 24C-6 34 6 34 14 24L2 74Z', tone(color, -0.58)),
    path('M-22 22L-42 60L-30 66L-36 78L-13 130L2 78L-8 34Z', tone(color, 0.08)),
    path('M22 22L42 60L30 66L36 78L15 130L2 78L8 34Z', tone(color, -0.12)),
    stroke('M-22 22L-42 60L-30 66L-36 78L-13 130M22 22L42 60L30 66L36 78L15 130', dark, 1.4),
    stroke('M4 124C6 172 6 222 4 269', dark, 2.2),
    stroke('M-50 60C-54 120-56 180-60 250', 'rgba(255,240,220,.2)', 6),
    stroke('M-30 140C-31 180-34 230-36 264M40 140C42 190 46 230 50 262', 'rgba(30,14,6,.13)', 3),
    path('M-52 178l26 5l-2 9l-26-5ZM54 178l-26 5l2 9l26-5Z', tone(color, -0.2)),
  ]
  for (const y of [138, 172, 206])
    for (const x of [-13, 20]) {
      parts.push(
        oval(x, y + 1, 4.6, 4.6, 'rgba(20,8,2,.35)'),
        oval(x, y, 4.4, 4.4, '#4f2d19'),
        oval(x - 1.2, y - 1.2, 1.4, 1.2, 'rgba(255,230,200,.5)'),
      )
    }
  return parts
}

/** The coat on its hanger. */
export const drawCoat = (color, ground) =>
  picture(
    ground,
    (sheet) => [
      stroke('M120 96H680', '#6d4a33', 9),
      stroke('M120 92H680', 'rgba(255,255,255,.28)', 2),
      shadow(sheet, 408, 748, 210, 22, 0.24),
      `<g opacity=".16">${at(438, 138, 2.24, [path(BODY, '#2a1608')])}</g>`,
      at(400, 130, 2.24, coatParts(sheet, color)),
    ],
    { floor: 700 },
  )

/** Its collar and buttons from near. */
export const drawCoatDetail = (color, ground) =>
  picture(ground, (sheet) => [at(404, -110, 5.2, coatParts(sheet, color))], { floor: 800 })

/** The armchair, from the front. */
export const drawArmchair = (color, ground, pillow = '#d99a5b') =>
  picture(
    ground,
    (sheet) => {
      const back = blend(
        sheet,
        [-90, -230, 90, -60],
        [
          [0, tone(color, 0.16)],
          [0.6, color],
          [1, tone(color, -0.22)],
        ],
      )
      const parts = []
      for (const side of [-1, 1])
        parts.push(
          path(
            `M${side * 84 - 8}-34h16l${side * 5} 36h-11Z`,
            blend(
              sheet,
              [0, -34, 0, 4],
              [
                [0, '#8a5630'],
                [1, '#b87b48'],
              ],
            ),
          ),
        )
      parts.push(path('M-88-60C-104-170-84-236 0-238C84-236 104-170 88-60Z', back))
      parts.push(stroke('M-70-92C-80-168-64-218 0-220C64-218 80-168 70-92', 'rgba(255,255,255,.16)', 3))
      for (const [x, y] of [
        [-34, -172],
        [0, -184],
        [34, -172],
        [-17, -146],
        [17, -146],
        [-48, -138],
        [48, -138],
      ]) {
        parts.push(
          stroke(`M${x - 13}${y - 9}L${x} ${y}L${x + 13} ${y - 9}`, 'rgba(10,20,14,.2)', 2),
          oval(x, y, 3.6, 3.6, tone(color, -0.4)),
        )
      }
      parts.push(
        box(
          -84,
          -94,
          168,
          42,
          19,
          blend(
            sheet,
            [0, -94, 0, -52],
            [
              [0, tone(color, 0.2)],
              [1, tone(color, -0.06)],
            ],
          ),
        ),
      )
      parts.push(stroke('M-70-88C-30-94 30-94 70-88', 'rgba(255,255,255,.22)', 3))
      parts.push(box(-104, -58, 208, 33, 14, tone(color, -0.26)), stroke('M-84-55H84', 'rgba(0,0,0,.2)', 3))
      for (const x of [-130, 82]) {
        parts.push(
          box(
            x,
            -134,
            48,
            110,
            24,
            blend(
              sheet,
              [x, 0, x + 48, 0],
              [
                [0, tone(color, 0.12)],
                [1, tone(color, -0.2)],
              ],
            ),
          ),
        )
        parts.push(oval(x + 24, -112, 15, 14, 'rgba(255,255,255,.12)'))
      }
      parts.push(
        at(
          6,
          -112,
          1,
          [
            box(
              -38,
              -34,
              76,
              60,
              15,
              blend(
                sheet,
                [-36, 0, 36, 0],
                [
                  [0, tone(pillow, 0.2)],
                  [1, tone(pillow, -0.12)],
                ],
              ),
            ),
            stroke('M-28-22C-10-16 12-16 28-24', 'rgba(90,50,20,.18)', 2),
          ],
          5,
        ),
      )
      return [
        path('M96 96h150v210H96Z', tone(ground[0], 0.36)),
        path('M108 108h126v186H108Z', tone(ground[0], -0.08)),
        path('M108 240C150 190 176 232 234 176V294H108Z', tone(color, 0.3)),
        oval(190, 152, 18, 18, tone(pillow, 0.3)),
        shadow(sheet, 404, 672, 330, 46, 0.42),
        at(402, 660, 1.98, parts),
      ]
    },
    { floor: 560 },
  )
