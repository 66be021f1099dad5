/** Words that a user reads come from the dictionaries (shared/i18n), never from TSX. */
const readable = /\p{L}{2,}/u;
const attributes = new Set(['label', 'title', 'placeholder', 'aria-label', 'aria-description', 'alt', 'description', 'error']);

export default {
  meta: { type: 'problem', schema: [], messages: { literal: 'Text for people belongs in shared/i18n: «{{text}}».' } },
  create(context) {
    const report = (node, text) => {
      if (readable.test(text)) context.report({ node, messageId: 'literal', data: { text: text.trim().slice(0, 40) } });
    };
    return {
      JSXText: (node) => report(node, node.value),
      JSXAttribute(node) {
        const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
        if (attributes.has(name) && node.value?.type === 'Literal' && typeof node.value.value === 'string') report(node, node.value.value);
      },
      'JSXElement > JSXExpressionContainer > Literal': (node) => typeof node.value === 'string' && report(node, node.value),
      'JSXElement > JSXExpressionContainer > TemplateLiteral': (node) => node.quasis.forEach((q) => report(node, q.value.raw)),
    };
  },
};
