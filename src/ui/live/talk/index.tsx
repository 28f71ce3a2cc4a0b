export { default as styles } from './talk.css'
export { Talk } from './talk.tsx'
