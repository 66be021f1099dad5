import { nothing, rpcQuery, type Call } from './rpc';

/** Every quick reply with its folder: few enough to be held whole. */
export const quickRepliesQuery = (call: Call) => rpcQuery(call, 'quick_replies.list', nothing, ['settings']);
