// How conversations are named.

/** keyOf names a conversation within the page. */
export const keyOf = (type, id) => `${type}:${id}`;

export const keyOfConv = (conv) => keyOf(conv.conv_type, conv.conv_id);

/** typeAndId takes a key apart. */
export const typeAndId = (key) => [Number(key[0]), key.slice(2)];

/** nameOf is what the batch functions call a conversation. */
export const nameOf = (conv) => (conv.conv_type === 2 ? "group_" : "c2c_") + conv.conv_id;
