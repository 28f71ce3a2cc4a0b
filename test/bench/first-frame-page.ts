import { createPlayer, preloadEngine } from '../../src/player/create-player.ts'

Object.assign(window, { createPlayer, preloadEngine })
