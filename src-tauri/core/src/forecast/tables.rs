//! Inverse distributions as tables: a draw looks its value up.

/// An inverse distribution is a table of its values in the middle of this many equal parts.
pub(super) const PLACES: usize = 4096;

/// An inverse distribution as a table.
pub(super) fn table(of: impl Fn(f64) -> f32) -> Vec<f32> {
    #[allow(clippy::cast_precision_loss)] // small numbers
    let at = |place: usize| (place as f64 + 0.5) / PLACES as f64;
    (0..PLACES).map(|place| of(at(place))).collect()
}

/// A place in such a table.
#[inline]
#[allow(clippy::cast_possible_truncation)] // it is below `PLACES`
pub(super) fn place(bits: u64) -> usize {
    bits as usize % PLACES
}
