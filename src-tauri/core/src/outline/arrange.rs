//! Lengths of phases from their spans, and phases side by side.

use super::Outline;
use super::span::{PhaseSpans, TimeUnit, WrittenSpan, length_in_weeks};

/// A phase's place in the whole, in one unit, from its first number to its last.
#[derive(Debug, Clone, Copy)]
struct Placing {
    from: f64,
    to: f64,
    unit: TimeUnit,
}

fn placing(written: WrittenSpan) -> Option<Placing> {
    match written {
        WrittenSpan::Range { from, to, unit, .. } if unit >= TimeUnit::Day => {
            Some(Placing { from, to, unit })
        }
        WrittenSpan::At { number, unit } if unit >= TimeUnit::Day => Some(Placing {
            from: number,
            to: number,
            unit,
        }),
        _ => None,
    }
}

/// Whether spans share their ends, as 1–6 and 6–12 do.
fn shares_ends(placings: &[Placing]) -> bool {
    let pairs = || {
        placings.windows(2).filter_map(|pair| match pair {
            [a, b] if a.unit == b.unit || b.from * b.unit.weeks() >= a.from * a.unit.weeks() => {
                Some((a, b))
            }
            _ => None,
        })
    };
    let near = |a: f64, b: f64| (a - b).abs() < 0.5;
    let end = |p: &Placing| p.to * p.unit.weeks();
    let start = |p: &Placing| p.from * p.unit.weeks();
    let shared = pairs()
        .filter(|(a, b)| near(end(a), start(b)) && a.from < a.to)
        .count();
    let next = pairs()
        .filter(|(a, b)| near(a.to + 1.0, b.from) && a.unit == b.unit)
        .count();
    // Overlapping spans are tracks side by side, counted from their first to their last.
    let overlaps = pairs().any(|(a, b)| start(b) + 0.5 < end(a) && start(b) >= start(a));
    shared > next && !overlaps || placings.first().is_some_and(|p| p.from == 0.0)
}

/// From and to in weeks from 0. A first span that begins at 1 begins at the start.
fn weeks_of(placing: Placing, shares: bool, is_first: bool) -> (f64, f64) {
    let unit = placing.unit.weeks();
    let from = if !shares || is_first && placing.from == 1.0 {
        (placing.from - 1.0).max(0.0)
    } else {
        placing.from
    };
    (from * unit, placing.to * unit)
}

fn whole(weeks: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped here
    let whole = weeks.round().clamp(0.0, 520.0) as u32;
    whole
}

/// The extent of spans inside a phase, in whole weeks.
fn inner_weeks(inner: &[WrittenSpan]) -> Option<f64> {
    let placings: Vec<Placing> = inner
        .iter()
        .filter_map(|&written| placing(written))
        .collect();
    let is_plain = placings.len() == inner.len() && !placings.is_empty();
    if !is_plain {
        return None;
    }
    let shares = placings.len() > 1 && shares_ends(&placings);
    let ends: Vec<(f64, f64)> = placings
        .iter()
        .map(|&p| weeks_of(p, shares, p.from <= 1.0))
        .collect();
    let from = ends.iter().map(|e| e.0).fold(f64::MAX, f64::min);
    let to = ends.iter().map(|e| e.1).fold(0.0, f64::max);
    (to > from).then_some(to - from)
}

/// Sets the weeks of each phase and of the whole.
pub(super) fn arrange(outline: &mut Outline, spans: &[PhaseSpans]) {
    let own: Vec<Option<Placing>> = spans
        .iter()
        .map(|spans| spans.own.and_then(placing))
        .collect();
    let known: Vec<Placing> = own.iter().flatten().copied().collect();
    // "2–3 weeks" in each phase is a length; "0–6 months", "6–12 months" are places in the whole.
    let unit_first = spans.iter().filter_map(|s| s.own).any(|w| {
        matches!(
            w,
            WrittenSpan::Range {
                unit_first: true,
                ..
            } | WrittenSpan::At { .. }
        )
    });
    let rises = known
        .windows(2)
        .all(|p| matches!(p, [a, b] if b.from * b.unit.weeks() >= a.from * a.unit.weeks()))
        && known
            .windows(2)
            .any(|p| matches!(p, [a, b] if b.from * b.unit.weeks() > a.from * a.unit.weeks()));
    let are_places = unit_first || known.len() > 1 && rises;
    let in_turn = own
        .iter()
        .zip(spans)
        .filter(|(_, spans)| !spans.says_parallel);
    let in_turn: Vec<Placing> = in_turn.filter_map(|(own, _)| *own).collect();
    let shares = shares_ends(&in_turn);
    let mut end = 0.0_f64;
    let mut is_first = true;
    for (phase, (spans, own)) in outline.phases.iter_mut().zip(spans.iter().zip(own)) {
        let inner = inner_weeks(&spans.inner);
        let place = own
            .filter(|_| are_places)
            .map(|own| weeks_of(own, shares, is_first));
        is_first = is_first && own.is_none();
        let length = match (inner, place, spans.own) {
            // Week lines inside a phase of months are more exact.
            (Some(inner), _, _) => Some(inner),
            (None, Some((from, to)), _) => Some(to - from),
            (None, None, Some(written)) => length_in_weeks(written),
            (None, None, None) => None,
        };
        phase.weeks = length
            .map(|l| if l >= 2.0 / 7.0 { whole(l).max(1) } else { 0 })
            .filter(|&weeks| weeks > 0);
        phase.parallel = spans.says_parallel || place.is_some_and(|(from, _)| from + 0.5 < end);
        phase.begins = place.map(|(from, _)| from);
        end = match place {
            Some((_, to)) => end.max(to),
            None => end + length.unwrap_or(0.0),
        };
    }
    let sum: u32 = outline
        .phases
        .iter()
        .filter_map(|phase| phase.weeks)
        .fold(0, u32::saturating_add);
    let has_tracks = outline
        .phases
        .iter()
        .any(|phase| phase.parallel && phase.begins.is_some());
    outline.weeks = if has_tracks { whole(end) } else { sum };
}
