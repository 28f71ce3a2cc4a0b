export { default as styles } from './mini.css'
export { Mini } from './mini.tsx'
