export { default } from 'mqtt'
