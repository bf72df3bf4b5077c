//! Lines below an item of a text of ours: what it is about, when it is done, and so on.

use super::OutlineItem;
use super::line::{LineShape, ReadLine};
use super::own::{minutes, typed_needs};
use crate::roadmap::Step;

/// Takes a line below an item of our own into it. `quoted` is its text behind a `>`, and `number`
/// its place in the input.
pub(super) fn take(item: &mut OutlineItem, line: &ReadLine, quoted: Option<String>, number: usize) {
    let text = line.text();
    let value = |label: &str| text.strip_prefix(label).map(str::trim);
    if matches!(line.shape, LineShape::Box(_)) {
        let timed = text
            .strip_suffix(')')
            .and_then(|text| text.rsplit_once('('));
        let timed = timed.and_then(|(title, time)| Some((title.trim_end(), minutes(time)?)));
        let (title, minutes) = timed.map_or((text, None), |(title, time)| (title, Some(time)));
        let title: String = title.chars().take(200).collect();
        let minutes = minutes.filter(|minutes| *minutes > 0);
        if !title.is_empty() && item.steps.len() < 200 {
            item.steps.push(Step { title, minutes });
        }
    } else if let Some(sentence) = value("Done when:") {
        item.done_when = sentence.chars().take(500).collect();
    } else if let Some(needs) = value("After:") {
        item.typed_after.extend(typed_needs(needs, number));
    } else if let Some(about) = value("About:") {
        item.summary = Some(about.to_owned());
    } else {
        let links = &line.plain.links;
        // A link that is all of its line is no remark too.
        let is_link = text.is_empty() || links.iter().any(|link| link.title == text);
        item.links.extend(links.iter().cloned());
        if let Some(remark) = quoted.or_else(|| (!is_link).then(|| text.to_owned())) {
            item.notes.push(remark);
        }
    }
}
