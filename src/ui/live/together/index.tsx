export { default as styles } from './together.css'
export { Together } from './together.tsx'
