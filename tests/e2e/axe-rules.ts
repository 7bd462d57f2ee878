/** Tags of the rules of axe that every page is held to. */
export const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What colours alone can break: in the dark, nothing else changes. */
export const COLOURS = ['color-contrast', 'link-in-text-block'];
