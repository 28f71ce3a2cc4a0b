export { Cover } from './cover.tsx'
export { ErrorPanel } from './error-panel.tsx'
export { PictureTrouble } from './picture-trouble.tsx'
export { default as styles } from './states.css'
