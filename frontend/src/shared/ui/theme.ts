// The one place for design tokens. Every token becomes a CSS variable `--b-<name>`; CSS modules use nothing else.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** «Хвоя»: the only accent. A deep pine between the greens of "online" and the blues of the networks. */
const pine: MantineColorsTuple = [
  '#eef7f3',
  '#dceee7',
  '#b8dccf',
  '#8fcab5',
  '#5dc2a6',
  '#369a7e',
  '#1a7d67',
  '#0c6b58',
  '#095746',
  '#064033',
];
/** Neutrals carry a trace of the accent, so greys do not look blue next to it. Mantine reads its dark surfaces here. */
const dark: MantineColorsTuple = [
  '#e6eae7',
  '#c3cac6',
  '#a3ada8',
  '#87918c',
  '#3a423f',
  '#2b3230',
  '#1c2120',
  '#151918',
  '#101413',
  '#0c0f0e',
];
const gray: MantineColorsTuple = [
  '#fafbf9',
  '#f2f4f1',
  '#e7eae6',
  '#dee2dd',
  '#cad0ca',
  '#a9b2ac',
  '#666f6a',
  '#525b56',
  '#353d39',
  '#1b211e',
];

const light = {
  rail: '#e9ece8', // window frame: rail
  list: '#fafbf9', // lists, side panels, page background
  canvas: '#f0f3ef', // thread behind the bubbles
  raised: '#ffffff', // headers, inputs, cards, menus
  hover: '#f0f3ef',
  selected: '#deede6',
  border: '#dfe3de',
  borderStrong: '#c6cdc7',
  text: '#1b211e',
  dim: '#525b56', // second line
  faint: '#5f6863', // times, hints: still AA on canvas
  accent: '#0c6b58', // fills
  accentText: '#0a5f4e', // text, icons, links
  accentSoft: '#dff0e9',
  onAccent: '#ffffff',
  bubbleIn: '#ffffff',
  bubbleOut: '#d9eee4',
  bubbleOutMeta: '#47635a',
  bubbleNote: '#fbf1d8', // internal note: never leaves the house
  bubbleFail: '#fbe9e7',
  tickRead: '#15639f',
  ok: '#1b7437',
  okSoft: '#e1f2e5',
  warn: '#854d00',
  warnSoft: '#faecd2',
  bad: '#b3261e',
  badSoft: '#fbe5e3',
  info: '#1f5f8b',
  infoSoft: '#e2eef7',
  mutedSoft: '#e7eae6',
  shade: 'rgb(12 18 15 / 38%)',
  shadow: '0 8px 28px rgb(20 30 26 / 14%), 0 1px 3px rgb(20 30 26 / 10%)',
};
type Palette = Record<keyof typeof light, string>;

const night: Palette = {
  rail: '#0c0f0e',
  list: '#151918',
  canvas: '#101413',
  raised: '#1a1f1e',
  hover: '#1c2220',
  selected: '#1b322b',
  border: '#262d2a',
  borderStrong: '#3a423f',
  text: '#e6eae7',
  dim: '#a9b3ae',
  faint: '#919b96',
  accent: '#1a7d67',
  accentText: '#5dc2a6',
  accentSoft: '#16322b',
  onAccent: '#ffffff',
  bubbleIn: '#1e2423',
  bubbleOut: '#1a3d33',
  bubbleOutMeta: '#9cc4b5',
  bubbleNote: '#332b17',
  bubbleFail: '#3a1f1d',
  tickRead: '#6cbcf2',
  ok: '#6fcf8b',
  okSoft: '#15301e',
  warn: '#f0b35a',
  warnSoft: '#37280f',
  bad: '#ff8f85',
  badSoft: '#3d1d1b',
  info: '#7fc1ee',
  infoSoft: '#142c3c',
  mutedSoft: '#252b29',
  shade: 'rgb(0 0 0 / 58%)',
  shadow: '0 12px 36px rgb(0 0 0 / 55%), 0 0 0 1px #2b3230',
};

/** Faces without a photo: [light ground, light ink, dark ground, dark ink] by hash of the name. */
export const faceTints = [
  ['#e3e8f4', '#3c4f86', '#232b40', '#aebbe6'],
  ['#f3e4dc', '#84482a', '#3a281f', '#e6b79c'],
  ['#e0eee3', '#2f6640', '#1f3326', '#a3d4b1'],
  ['#efe3f0', '#703f78', '#34243a', '#d7b0de'],
  ['#f2ead3', '#6d5410', '#352d17', '#dcc584'],
  ['#dcecef', '#225f6b', '#1b3237', '#98cdd8'],
] as const;

/** Layout measures, px at font scale 100 %. */
export const layout = {
  rail: 56,
  list: 328,
  listMin: 264,
  listMax: 420,
  panel: 292,
  header: 52,
  row: 62,
  bubbleMax: 520,
  threadColumn: 860,
  pageForm: 1160,
} as const;

export const theme = createTheme({
  fontSizes: { xs: '0.71875rem', sm: '0.8125rem', md: '0.875rem', lg: '0.9375rem', xl: '1.125rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '14px' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', 'Noto Sans', sans-serif, 'Noto Color Emoji'",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  colors: { pine, dark, gray },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'sm',
  black: light.text,
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.125rem', lineHeight: '1.5rem' }, h2: { fontSize: '0.9375rem', lineHeight: '1.25rem' } },
  },
  components: {
    Button: { defaultProps: { size: 'xs', fw: 550 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 30 } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', allowDeselect: false } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs', withThumbIndicator: false } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 100 }, withArrow: true } },
    // Without the placeholder that Mantine puts in front: a menu holds nothing but its lines, and the first has the keyboard.
    Menu: { defaultProps: { shadow: 'none', transitionProps: { duration: 80 }, withinPortal: true, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 80 }, withinPortal: true } },
    Modal: { defaultProps: { transitionProps: { duration: 100 }, centered: true } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
  },
});

const asVars = (p: Palette) => Object.fromEntries(Object.entries(p).map(([k, v]) => [`--b-${k}`, v]));
const mantine = (p: Palette) => ({
  '--mantine-color-body': p.list,
  '--mantine-color-text': p.text,
  '--mantine-color-dimmed': p.dim,
  '--mantine-color-default': p.raised,
  '--mantine-color-default-hover': p.hover,
  '--mantine-color-default-border': p.borderStrong,
  '--mantine-color-placeholder': p.faint,
  '--mantine-color-anchor': p.accentText,
  '--mantine-color-error': p.bad,
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: Object.fromEntries(Object.entries(layout).map(([k, v]) => [`--b-w-${k}`, `${v / 16}rem`])),
  light: { ...asVars(light), ...mantine(light) },
  dark: { ...asVars(night), ...mantine(night) },
});
