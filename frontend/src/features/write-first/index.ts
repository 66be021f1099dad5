export { WriteFirst } from './WriteFirst';
