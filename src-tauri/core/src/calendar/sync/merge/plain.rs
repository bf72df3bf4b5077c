//! Events for servers that keep neither links nor a program's own properties, such as Google's. The
//! link is in the description too. The mark, by which Waymark knows its own pieces of a text, is
//! kept in the record of the calendar instead.

use super::lines::{HeldComponent, HeldPart};
use super::mark::MARK;
use super::property;

/// The properties that such servers don't keep.
const LEFT_OUT: [&str; 2] = ["URL", MARK];

/// A text without what such servers don't keep.
#[derive(Debug, PartialEq, Eq)]
pub struct PlainText {
    /// The text to send.
    pub text: String,
    /// The mark that was in it, to be kept in the record.
    pub mark: Option<String>,
}

/// Takes out of a text of Waymark's what such servers don't keep.
pub fn plain(text: &str) -> PlainText {
    let mut plain = PlainText {
        text: String::with_capacity(text.len()),
        mark: None,
    };
    let Some(calendar) = HeldComponent::calendar(text) else {
        plain.text.push_str(text);
        return plain;
    };
    let PlainText { text, mark } = &mut plain;
    calendar.write_around(text, |out| {
        for part in &calendar.parts {
            match part {
                HeldPart::Component(event) if event.is("VEVENT") => {
                    let line = event.line(MARK).filter(|_| !is_occurrence(event));
                    *mark = mark.take().or(line.map(|line| line.value().to_owned()));
                    event.write_around(out, |out| {
                        for part in &event.parts {
                            let is_kept = match part {
                                HeldPart::Line(line) => !line.is_any(&LEFT_OUT),
                                HeldPart::Component(_) => true,
                            };
                            if is_kept {
                                part.write(out);
                            }
                        }
                    });
                }
                part => part.write(out),
            }
        }
    });
    plain
}

/// Puts the mark from the record into the event with this UID, as if the server had kept it.
pub(in crate::calendar::sync) fn with_mark(held: &str, uid: &str, mark: &str) -> Option<String> {
    let calendar = HeldComponent::calendar(held)?;
    let mut text = String::with_capacity(held.len() + mark.len());
    calendar.write_around(&mut text, |out| {
        for part in &calendar.parts {
            match part {
                HeldPart::Component(event)
                    if event.is("VEVENT")
                        && !is_occurrence(event)
                        && event.line(MARK).is_none()
                        && event.line("UID").is_some_and(|it| it.value().trim() == uid) =>
                {
                    event.write_around(out, |out| {
                        property(out, MARK, mark);
                        for part in &event.parts {
                            part.write(out);
                        }
                    });
                }
                part => part.write(out),
            }
        }
    });
    Some(text)
}

/// Whether it is one occurrence of an event that a person made repeat: Waymark writes none.
fn is_occurrence(event: &HeldComponent) -> bool {
    event.line("RECURRENCE-ID").is_some()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{marked, merge};
    use super::*;
    use proptest::prelude::*;

    /// An event of Waymark's with a person's lines in it.
    fn event(lines: &str, notes: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALDESC:mine\r\nBEGIN:VEVENT\r\nUID:a@waymark\r\n\
             DTSTART:20270104T180000Z\r\nDTEND:20270104T200000Z\r\nSUMMARY:Algebra\r\n\
             DESCRIPTION:{notes}\r\nCATEGORIES:Maths\r\n{lines}BEGIN:VALARM\r\nACTION:DISPLAY\r\n\
             TRIGGER:-PT10M\r\nDESCRIPTION:Algebra\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    }

    const NOTES: &str = "Phase 1\\nVectors\\n\\nhttps://example.org/a";

    /// The event after the plan has changed.
    fn later() -> String {
        event("", NOTES)
            .replace("20270104T", "20270105T")
            .replace("Vectors", "Matrices")
            .replace("Maths", "Numbers")
            .replace("-PT10M", "-PT30M")
    }

    #[test]
    fn only_link_and_mark_are_left_out() {
        let kept =
            "URLS:1\r\nX-GOOGLE-CONFERENCE:https://meet.example.org/a\r\nATTACH:https://e.org/\r\n";
        let left_out =
            "url;VALUE=URI:https://example.org/\r\n a\r\nX-WAYMARK-WROTE:line-1,\r\n link-2\r\n";
        let plain = plain(&event(&format!("{kept}{left_out}"), NOTES));
        assert_eq!(plain.text, event(kept, NOTES));
        assert_eq!(plain.mark.as_deref(), Some("line-1,link-2"));
        let again = super::plain(&plain.text);
        assert_eq!(again.text, plain.text);
        assert_eq!(again.mark, None);
    }

    #[test]
    fn a_text_that_is_no_calendar_stays() {
        for text in [
            "",
            "URL:https://example.org/",
            "BEGIN:VCALENDAR\r\nURL:a\r\n",
        ] {
            assert_eq!(plain(text).text, text);
            assert_eq!(with_mark(text, "a@waymark", "line-1"), None);
        }
    }

    #[test]
    fn the_mark_is_put_into_its_own_event_only() {
        let held = event("", NOTES);
        let marked = with_mark(&held, "a@waymark", "line-1").unwrap();
        assert_eq!(marked.matches("X-WAYMARK-WROTE:line-1\r\n").count(), 1);
        assert_eq!(with_mark(&held, "b@waymark", "line-1").unwrap(), held);
        // The server's own copy is the better one.
        let kept = event("X-WAYMARK-WROTE:line-2\r\n", NOTES);
        assert_eq!(with_mark(&kept, "a@waymark", "line-1").unwrap(), kept);
    }

    /// Some servers list the occurrence first.
    #[test]
    fn the_mark_of_an_event_that_a_person_made_repeat_is_the_series_own() {
        let occurrence = "BEGIN:VEVENT\r\nUID:a@waymark\r\nRECURRENCE-ID:20270111T180000Z\r\n\
             DTSTART:20270112T180000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n";
        let held = event("RRULE:FREQ=WEEKLY\r\n", NOTES);
        let held = held.replacen("BEGIN:VEVENT\r\n", occurrence, 1);
        let marked = with_mark(&held, "a@waymark", "line-1").unwrap();
        assert_eq!(marked.matches("X-WAYMARK-WROTE").count(), 1);
        let sent = merge(&marked, &later()).unwrap().text;
        let fresh = plain(&super::super::marked(&later())).mark;
        assert_eq!(plain(&sent).mark, fresh);
    }

    proptest! {
        /// A mark that the record keeps does what one that the server keeps does, whatever a person
        /// wrote into the event, and however often the plan changes.
        #[test]
        fn a_mark_in_the_record_is_as_good_as_one_on_the_server(
            above in prop::option::of("[a-z]{1,8}"),
            below in prop::option::of("[a-z]{1,8}"),
            cut in prop::option::of(prop::sample::select(vec!["Phase 1\\n", "Vectors\\n"])),
            category in prop::option::of("[A-Z][a-z]{1,8}"),
            has_location: bool,
        ) {
            let by_a_person = |text: &str| {
                let ours = cut.map_or(NOTES.to_owned(), |cut| NOTES.replace(cut, ""));
                let notes = above.iter().map(String::as_str).chain([ours.as_str()]);
                let notes: Vec<&str> = notes.chain(below.as_deref()).collect();
                let theirs = category.iter().map(|it| format!(",{it}"));
                let categories = format!("CATEGORIES:Maths{}", theirs.collect::<String>());
                let text = text.replace("CATEGORIES:Maths", &categories);
                let place = if has_location { "LOCATION:Library\r\nBEGIN:VALARM" } else { "BEGIN:VALARM" };
                text.replace(NOTES, &notes.join("\\n")).replacen("BEGIN:VALARM", place, 1)
            };
            let first = marked(&event("", NOTES));
            let mut on_server = by_a_person(&first);
            let PlainText { text, mark } = plain(&first);
            let (mut here, mut mark) = (by_a_person(&text), mark);
            for new in [later(), event("", "Phase 2"), later()] {
                on_server = merge(&on_server, &new).unwrap().text;
                let held = with_mark(&here, "a@waymark", &mark.unwrap()).unwrap();
                let sent = plain(&merge(&held, &new).unwrap().text);
                prop_assert_eq!(&sent.text, &plain(&on_server).text);
                (here, mark) = (sent.text, sent.mark);
            }
        }
    }
}
