import common from './common.json';
import inbox from './inbox.json';

export default { ...common, inbox };
