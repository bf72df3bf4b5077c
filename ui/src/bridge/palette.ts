// Generated from the core's palette by `UPDATE_TYPES=1 cargo test types`. Do not edit.

/** The number of phase colours: palette.css has the classes `hue-1` to `hue-11`. */
export const PHASE_COLOURS = 11;
