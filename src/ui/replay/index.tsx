export { default as styles } from './replay-bar.css'
export { ReplayBar } from './replay-bar.tsx'
