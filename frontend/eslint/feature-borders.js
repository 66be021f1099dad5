/**
 * shared ← features ← app. A feature sees `shared` and itself; only `app` puts features together,
 * and only through their index.
 */
import path from 'node:path';

const place = (file) => {
  const parts = file.split(path.sep);
  const src = parts.lastIndexOf('src');
  const [layer, feature] = parts.slice(src + 1);
  return { layer, feature };
};

export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      down: '`shared` knows no feature and no `app`.',
      across: 'A feature sees `shared` and itself: put features together in `app`.',
      inside: 'Import a feature through its index.',
    },
  },
  create(context) {
    const from = place(context.filename);
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const to = source.startsWith('@/')
        ? source.slice(2).split('/')
        : source.startsWith('.')
          ? path
              .relative(
                path.join(context.filename.split(`${path.sep}src${path.sep}`)[0], 'src'),
                path.resolve(path.dirname(context.filename), source),
              )
              .split(path.sep)
          : null;
      if (!to) return;
      const [layer, feature, ...rest] = to;
      if (from.layer === 'shared' && (layer === 'features' || layer === 'app')) context.report({ node, messageId: 'down' });
      if (from.layer === 'features' && (layer === 'app' || (layer === 'features' && feature !== from.feature)))
        context.report({ node, messageId: 'across' });
      if (from.layer === 'app' && layer === 'features' && rest.length > 0) context.report({ node, messageId: 'inside' });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};
