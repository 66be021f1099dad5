/** From top to bottom. */
export const sections = ['profile', 'look', 'messages', 'replies', 'notices', 'waiting', 'program', 'about'] as const;
export type SectionName = (typeof sections)[number];
