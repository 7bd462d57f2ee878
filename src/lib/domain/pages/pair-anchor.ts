/** Anchor of a pair on its page. Apart from that page: others only link to it, and must not carry the reading of titles. */
export const pairAnchor = (id: string): string => `p-${id.replace(/[^\w]/g, '-')}`;
