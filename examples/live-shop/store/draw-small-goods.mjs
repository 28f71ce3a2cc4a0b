import { at, blend, box, glow, oval, path, picture, shadow, stroke, tone } from './draw.mjs'

function lipstickParts(sheet, color) {
  const satin = blend(
    sheet,
    [-22, 0, 22, 0],
    [
      [0, tone(color, -0.32)],
      [0.3, tone(color, 0.08)],
      [0.5, tone(color, 0.3)],
      [0.66, color],
      [1, tone(color, -0.34)],
    ],
  )
  const brass = blend(
    sheet,
    [-26, 0, 26, 0],
    [
      [0, '#a97a2c'],
      [0.3, '#f9e3a8'],
      [0.55, '#d9aa52'],
      [1, '#86601f'],
    ],
  )
  return [
    path('M-21-64V-136C-21-156 2-172 21-176V-64Z', satin),
    path('M-21-138C-14-154 6-168 21-176C18-158 0-142-21-138Z', tone(color, 0.42)),
    box(-25, -96, 50, 50, 3, brass),
    stroke('M-25-84H25M-25-60H25', 'rgba(90,55,10,.35)', 1.4),
    box(
      -31,
      -50,
      62,
      96,
      6,
      blend(
        sheet,
        [-31, 0, 31, 0],
        [
          [0, '#17141c'],
          [0.28, '#5f5767'],
          [0.5, '#2b2634'],
          [1, '#0f0d13'],
        ],
      ),
    ),
    box(-31, -50, 62, 6, 2, '#d9aa52'),
    oval(0, 2, 11, 11, 'none', ' stroke="#d9aa52" stroke-width="1.6"'),
    path('M0-6C4-1 4 5 0 10C-4 5-4-1 0-6Z', '#d9aa52'),
  ]
}

/** One open lipstick with a stroke of its shade. */
export const drawLipstick = (color, ground) =>
  picture(
    ground,
    (sheet) => [
      path(
        'M118 520C190 396 318 350 402 300C470 262 566 214 650 226C700 236 690 292 630 322C520 376 420 400 330 470C272 514 220 590 160 600C112 606 96 566 118 520Z',
        blend(
          sheet,
          [120, 560, 660, 240],
          [
            [0, tone(color, -0.06)],
            [0.5, tone(color, 0.14)],
            [1, tone(color, 0.02)],
          ],
        ),
        ' opacity=".92"',
      ),
      stroke('M160 540C240 430 400 380 640 268', 'rgba(255,255,255,.2)', 12),
      stroke('M176 574C270 470 420 420 620 316', 'rgba(80,10,10,.12)', 8),
      shadow(sheet, 420, 716, 150, 26, 0.4),
      at(404, 590, 2.74, lipstickParts(sheet, color), 0),
    ],
    { floor: 800 },
  )

/** Every shade beside the other. */
export const drawShades = (colors, ground) =>
  picture(
    ground,
    (sheet) =>
      colors.flatMap((color, index) => {
        const x = 130 + index * 108
        const y = index % 2 ? 610 : 560
        return [shadow(sheet, x + 4, y + 74, 62, 13, 0.4), at(x, y, 1.52, lipstickParts(sheet, color))]
      }),
    { floor: 540 },
  )

const bean = (x, y, turn, size = 1) =>
  at(
    x,
    y,
    size,
    [
      oval(0, 0, 17, 24, '#5f351c'),
      oval(-4, -6, 8, 13, 'rgba(255,220,180,.16)'),
      stroke('M0-20C9-8-9 8 0 20', '#351b0d', 3.4),
    ],
    turn,
  )

function bagParts(sheet, words) {
  const green = blend(
    sheet,
    [-68, 0, 68, 0],
    [
      [0, '#1f4a45'],
      [0.22, '#3a7a70'],
      [0.55, '#27594f'],
      [1, '#122f2b'],
    ],
  )
  return [
    path('M-66 0C-74-70-72-140-58-190H58C72-140 74-70 66 0C30 8-30 8-66 0Z', green),
    path('M-58-190L-55-218H55L58-190Z', '#1b423d'),
    stroke('M-54-211H54M-55-204H55', 'rgba(255,255,255,.12)', 1.6),
    box(-62, -195, 124, 11, 3, '#d9b36c'),
    stroke('M-50-176C-60-120-60-60-56-12', 'rgba(255,255,255,.16)', 6),
    stroke('M52-170C60-110 58-60 54-14', 'rgba(0,0,0,.2)', 6),
    box(-43, -150, 86, 112, 9, '#f7ebd8'),
    oval(0, -112, 27, 27, '#f0dcbd'),
    at(0, -112, 0.86, [oval(0, 0, 17, 24, '#6b3d22'), stroke('M0-20C9-8-9 8 0 20', '#3f2010', 3.5)], 28),
    box(-29, -74, 58, 5, 2, '#25574f'),
    box(-20, -64, 40, 3.4, 1.7, '#c9a06a'),
    `<text x="0" y="-45" text-anchor="middle" font-family="Georgia,serif" font-size="11" fill="#25574f">${words}</text>`,
  ]
}

/** The bag. */
export const drawCoffee = (weight, scale, ground) =>
  picture(ground, (sheet) => [
    shadow(sheet, 400, 690, 56 + 76 * scale, 30, 0.5),
    at(400, 690, scale, bagParts(sheet, weight)),
    bean(196, 706, 62, 1.1),
    bean(248, 736, 118, 1.2),
    bean(604, 718, 20, 1.15),
    bean(560, 752, 96, 1.25),
    bean(652, 748, 150),
  ])

/** A cup of it, from above. */
export const drawCup = (ground) =>
  picture(
    ground,
    (sheet) => [
      shadow(sheet, 412, 430, 300, 284, 0.34),
      oval(
        400,
        404,
        262,
        262,
        blend(
          sheet,
          [200, 160, 600, 660],
          [
            [0, '#fffaf2'],
            [1, '#dccab2'],
          ],
        ),
      ),
      oval(
        400,
        404,
        196,
        196,
        blend(
          sheet,
          [260, 260, 560, 560],
          [
            [0, '#e2d1b9'],
            [1, '#fff8ee'],
          ],
        ),
      ),
      box(
        548,
        372,
        148,
        62,
        31,
        blend(
          sheet,
          [0, 372, 0, 434],
          [
            [0, '#fffaf2'],
            [1, '#d6c3aa'],
          ],
        ),
      ),
      oval(
        400,
        404,
        178,
        178,
        blend(
          sheet,
          [260, 260, 560, 560],
          [
            [0, '#fffaf2'],
            [1, '#e6d6c0'],
          ],
        ),
      ),
      oval(
        400,
        404,
        158,
        158,
        glow(
          sheet,
          [380, 380, 170],
          [
            [0, '#8a512b', 1],
            [0.75, '#5a2f16', 1],
            [1, '#3b1d0c', 1],
          ],
        ),
      ),
      path(
        'M400 490C330 452 322 392 352 366C374 348 394 362 400 382C406 362 426 348 448 366C478 392 470 452 400 490Z',
        '#f0d9b8',
        ' opacity=".9"',
      ),
      path(
        'M400 462C356 434 350 398 366 384C382 374 394 388 400 402C406 388 418 374 434 384C450 398 444 434 400 462Z',
        '#8a512b',
        ' opacity=".75"',
      ),
      bean(120, 660, 40, 1.4),
      bean(176, 706, 100, 1.5),
      bean(676, 150, 130, 1.4),
      bean(90, 148, 10, 1.2),
    ],
    { floor: 800 },
  )

/** The mug: `top` is the glaze that runs over the sand-coloured clay. */
export const drawMug = (top, ground) =>
  picture(
    ground,
    (sheet) => {
      const clay = blend(
        sheet,
        [-66, 0, 66, 0],
        [
          [0, '#b89c78'],
          [0.3, '#f2e4cb'],
          [0.65, '#d8c2a0'],
          [1, '#94795a'],
        ],
      )
      const glaze = blend(
        sheet,
        [-66, 0, 66, 0],
        [
          [0, tone(top, -0.24)],
          [0.28, tone(top, 0.26)],
          [0.6, top],
          [1, tone(top, -0.42)],
        ],
      )
      return [
        shadow(sheet, 420, 640, 260, 40, 0.46),
        ...[
          [330, 0],
          [400, 40],
          [470, 10],
        ].map(([x, rise]) =>
          stroke(`M${x} ${210 - rise}c-34-34 34-62 0-100`, 'rgba(255,255,255,.62)', 14, ' opacity=".8"'),
        ),
        at(386, 440, 2.86, [
          stroke('M58-36C112-46 112 40 54 32', tone(top, -0.5), 19),
          stroke('M58-37C108-45 108 38 54 30', top, 12),
          stroke('M62-41C104-46 102 14 84 24', 'rgba(255,255,255,.22)', 3),
          path('M-66-62V32C-66 58-50 70-26 70H26C50 70 66 58 66 32V-62Z', clay),
          path(
            'M-66-62V14C-58 4-50 2-44 12C-38 26-30 24-24 12C-16 0-6 4 0 16C8 34 18 28 24 14C30 4 40 2 46 12C52 20 60 16 66 8V-62Z',
            glaze,
          ),
          stroke(
            'M-66 14C-58 4-50 2-44 12C-38 26-30 24-24 12C-16 0-6 4 0 16C8 34 18 28 24 14C30 4 40 2 46 12C52 20 60 16 66 8',
            'rgba(255,255,255,.2)',
            1.6,
          ),
          oval(0, -62, 66, 13, tone(top, 0.26)),
          oval(0, -60.5, 57, 9.5, '#4f2a14'),
          oval(-14, -62, 22, 3, 'rgba(255,220,180,.22)'),
          stroke('M-46-44C-48-20-48 0-47 8', 'rgba(255,255,255,.34)', 6),
        ]),
      ]
    },
    { floor: 560 },
  )
