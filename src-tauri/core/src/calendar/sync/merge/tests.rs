use super::*;
use proptest::prelude::*;

const FIRST: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Waymark//EN\r\nBEGIN:VEVENT\r\n\
    UID:p.a.1.0@waymark\r\nDTSTAMP:20270101T000000Z\r\nSEQUENCE:0\r\nDTSTART:20270104T180000Z\r\n\
    DTEND:20270104T200000Z\r\nSUMMARY:Linear algebra\r\n\
    DESCRIPTION:Phase 1\\nVectors\\, matrices\\n\\nhttps://example.org/a\r\nCATEGORIES:Maths\r\n\
    COLOR:gold\r\nURL:https://example.org/a\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n\
    BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT10M\r\nDESCRIPTION:Linear algebra\r\n\
    END:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// The event after a change of everything that Waymark writes.
fn later() -> String {
    FIRST
        .replace("SEQUENCE:0", "SEQUENCE:1")
        .replace("20270104T", "20270105T")
        .replace("Linear algebra", "Algebra")
        .replace("Vectors\\, matrices", "Vectors only")
        .replace("Maths", "Numbers")
        .replace("example.org/a", "example.org/b")
        .replace("-PT10M", "-PT30M")
}

fn merged(held: &str, new: &str) -> String {
    merge(held, new).unwrap().text
}

fn description(text: &str) -> String {
    let calendar = HeldComponent::calendar(text).unwrap();
    let event = calendar.components("VEVENT").next().unwrap();
    let line = event.line("DESCRIPTION");
    line.map_or("", HeldLine::value).to_owned()
}

/// Puts lines before the end of the event.
fn with(text: &str, lines: &str) -> String {
    text.replace(
        "BEGIN:VALARM\r\nACTION:DISPLAY",
        &format!("{lines}BEGIN:VALARM\r\nACTION:DISPLAY"),
    )
}

#[test]
fn without_a_persons_changes_the_event_is_the_new_one() {
    let held = merged(&marked(FIRST), &later());
    let lines = |text: &str| {
        let lines = text.replace("\r\n ", "");
        let mut lines: Vec<String> = lines.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&held), lines(&marked(&later())));
}

#[test]
fn what_others_added_stays_byte_for_byte() {
    let added = "LOCATION:Library\\, desk 4\r\nX-APPLE-TRAVEL-ADVISORY-BEHAVIOR;VALUE=\"a:b\":AUTO\
        MATIC\r\nATTENDEE;CN=Ben:mailto:ben@example.org\r\nX-FOLDED:one\r\n  two\r\n\tthree\r\n\
        CATEGORIES:Private,With Ben\r\nATTACH:https://example.org/x.pdf\r\n";
    let alarm = "BEGIN:VALARM\r\nUID:B\r\nACTION:AUDIO\r\nTRIGGER:-PT1H\r\nX-A:1\r\nEND:VALARM\r\n";
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Home\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n\
        TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    let held = with(&marked(FIRST), added)
        .replace("END:VEVENT", &format!("{alarm}END:VEVENT"))
        .replace("BEGIN:VEVENT", &format!("{zone}BEGIN:VEVENT"))
        .replace("TRANSP:OPAQUE", "TRANSP:TRANSPARENT")
        .replace("END:VCALENDAR", "X-WR-CALDESC:mine\r\nEND:VCALENDAR");
    let text = merged(&held, &later());
    for kept in [
        added,
        alarm,
        zone,
        "TRANSP:TRANSPARENT\r\n",
        "X-WR-CALDESC:mine\r\n",
    ] {
        assert!(text.contains(kept), "{kept} is not in {text}");
    }
    for new in [
        "DTSTART:20270105T180000Z",
        "SUMMARY:Algebra",
        "CATEGORIES:Numbers",
    ] {
        assert!(text.contains(new), "{new} is not in {text}");
    }
    assert!(text.contains("TRIGGER:-PT30M") && !text.contains("TRIGGER:-PT10M"));
    assert!(!text.contains("Maths") && !text.contains("example.org/a"));
}

#[test]
fn a_description_keeps_the_persons_text_around_ours() {
    let new = "Phase 1\\nVectors only\\n\\nhttps://example.org/b";
    for (held, expected) in [
        (
            "Ask Ben\\nPhase 1\\nVectors\\, matrices\\n\\nhttps://example.org/a",
            "Ask Ben\\n\\nNEW",
        ),
        (
            "Phase 1\\nVectors\\, matrices\\n\\nhttps://example.org/a\\nRoom 4",
            "NEW\\n\\nRoom 4",
        ),
        // Half of it was deleted, or all.
        (
            "Ask Ben\\NPhase 1\\nRoom\\; 4",
            "Ask Ben\\n\\nNEW\\n\\nRoom\\; 4",
        ),
        ("https://example.org/a ", "NEW"),
        ("Ask Ben", "Ask Ben\\n\\nNEW"),
        // A line of ours that a person changed is the person's now.
        (
            "Phase 1 (hard!)\\nVectors\\, matrices",
            "Phase 1 (hard!)\\n\\nNEW",
        ),
    ] {
        let held = marked(FIRST).replace(
            "Phase 1\\nVectors\\, matrices\\n\\nhttps://example.org/a",
            held,
        );
        let expected = expected.replace("NEW", new);
        assert_eq!(description(&merged(&held, &later())), expected);
    }
}

/// Events of earlier versions have no mark, and some programs drop it.
#[test]
fn an_event_without_a_mark_loses_nothing() {
    let held = with(FIRST, "LOCATION:Library\r\n").replace(
        "DESCRIPTION:Phase 1",
        "DESCRIPTION:Ask Ben\\nSession 3\\, 2 h\\nPhase 1",
    );
    let text = merged(&held, &later());
    assert!(text.contains("LOCATION:Library\r\n"));
    let text = description(&text);
    assert!(
        text.starts_with("Ask Ben\\n") && !text.contains("Session 3"),
        "{text}"
    );
}

#[test]
fn reminders_that_a_person_changed_or_removed_stay_so() {
    let held = marked(FIRST);
    let new = FIRST.replace("20270104T", "20270105T");
    let changed = held.replace("-PT10M", "-PT2H");
    let text = merged(&changed, &new);
    assert!(text.contains("-PT2H") && !text.contains("-PT10M"), "{text}");

    let (before, rest) = held.split_once("BEGIN:VALARM").unwrap();
    let (_, after) = rest.split_once("END:VALARM\r\n").unwrap();
    let removed = format!("{before}{after}");
    assert!(!merged(&removed, &new).contains("VALARM"));

    let dismissed = held.replace("TRIGGER:", "ACKNOWLEDGED:20270104T175000Z\r\nTRIGGER:");
    let text = merged(&dismissed, &new.replace("Linear algebra", "Algebra"));
    assert!(text.contains("ACKNOWLEDGED:20270104T175000Z"));
    assert!(text.contains("DESCRIPTION:Algebra\r\nEND:VALARM"), "{text}");
}

#[test]
fn an_event_made_to_repeat_keeps_repeating() {
    let occurrence = "BEGIN:VEVENT\r\nUID:p.a.1.0@waymark\r\nRECURRENCE-ID:20270106T180000Z\r\n\
        DTSTART:20270106T190000Z\r\nEND:VEVENT\r\n";
    let rules = "RRULE:FREQ=DAILY\r\nEXDATE:20270107T180000Z\r\n";
    let held = with(&marked(FIRST), rules);
    let held = held.replace("END:VCALENDAR", &format!("{occurrence}END:VCALENDAR"));
    let text = merged(&held, &later());
    assert!(text.contains(rules) && text.contains(occurrence), "{text}");
    assert!(text.contains("DTSTART:20270105T180000Z"), "{text}");
}

/// A length instead of an end is another way to write Waymark's time.
#[test]
fn an_end_that_was_written_as_a_length_is_replaced() {
    let held = marked(FIRST).replace("DTEND:20270104T200000Z", "DURATION:PT3H");
    let text = merged(&held, &later());
    assert!(!text.contains("DURATION") && text.contains("DTEND:20270105T200000Z"));
}

#[test]
fn parameters_of_our_lines_stay() {
    let held = marked(FIRST)
        .replace("SUMMARY:", "SUMMARY;LANGUAGE=en;X-A=\"b;c:d\":")
        .replace("DESCRIPTION:Phase", "DESCRIPTION;ALTREP=\"cid:1@x\":Phase")
        .replace("CATEGORIES:", "CATEGORIES;LANGUAGE=en:")
        .replace("STATUS:", "STATUS;X-B=1:")
        .replace("URL:", "URL;X-C=2:")
        .replace(
            "DTSTART:20270104T180000Z",
            "DTSTART;X-D=3;TZID=Europe/Berlin:20270104T190000",
        );
    let text = merged(&held, &later()).replace("\r\n ", "");
    for line in [
        "SUMMARY;LANGUAGE=en;X-A=\"b;c:d\":Algebra\r\n",
        "DESCRIPTION;ALTREP=\"cid:1@x\":Phase 1\\nVectors only",
        "CATEGORIES;LANGUAGE=en:Numbers\r\n",
        "STATUS;X-B=1:CONFIRMED\r\n",
        "URL;X-C=2:https://example.org/b\r\n",
        "DTSTART;X-D=3:20270105T180000Z\r\n",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert!(!text.contains("TZID"), "{text}");
}

/// Google writes `-P0DT0H10M0S` for `-PT10M`.
#[test]
fn reminders_that_a_server_writes_in_another_form_are_known() {
    let held = marked(FIRST).replace("TRIGGER:-PT10M", "TRIGGER:-P0DT0H10M0S");
    let moved = merged(&held, &FIRST.replace("20270104T", "20270105T"));
    assert_eq!(moved.matches("TRIGGER").count(), 1);
    assert!(moved.contains("TRIGGER:-P0DT0H10M0S"), "{moved}");
    let changed = merged(&moved, &later());
    assert_eq!(changed.matches("TRIGGER").count(), 1);
    assert!(changed.contains("TRIGGER:-PT30M"), "{changed}");
}

/// Weeks and phases have no reminder, and weeks no colour.
#[test]
fn what_waymark_does_not_write_into_an_event_is_the_persons() {
    let without = |text: &str| text.replace("COLOR:gold\r\n", "");
    let held = with(&marked(&without(FIRST)), "COLOR:teal\r\n");
    let text = merged(&held, &without(&later()));
    assert!(text.contains("COLOR:teal\r\n"), "{text}");
}

/// A program may keep only some properties, or only the beginning of each.
#[test]
fn a_mark_that_is_lost_or_cut_off_loses_nothing() {
    let marked = marked(FIRST);
    let (before, rest) = marked.split_once("X-WAYMARK-WROTE").unwrap();
    let (_, after) = rest.split_once("BEGIN:VALARM").unwrap();
    let held = with(&marked, "LOCATION:Library\r\n")
        .replace("CATEGORIES:Maths", "CATEGORIES:Maths,Private")
        .replace("DESCRIPTION:Phase 1", "DESCRIPTION:Ask Ben\\nPhase 1");
    let mark = marked.get(before.len()..marked.len() - after.len() - "BEGIN:VALARM".len());
    let mark = mark.unwrap();
    for cut in ["", "X-WAYMARK-WROTE:\r\n", mark.get(..40).unwrap()] {
        let cut = if cut.is_empty() {
            String::new()
        } else {
            format!("{}\r\n", cut.trim())
        };
        let held = held.replace(mark, &cut);
        let text = merged(&held, &FIRST.replace("20270104T", "20270105T"));
        for kept in ["LOCATION:Library\r\n", "CATEGORIES:Maths,Private\r\n"] {
            assert!(text.contains(kept), "{kept} is not in {text}");
        }
        let notes = "Ask Ben\\n\\nPhase 1\\nVectors\\, matrices\\n\\nhttps://example.org/a";
        assert_eq!(description(&text), notes, "{cut}");
        assert_eq!(text.matches("TRIGGER:-PT10M").count(), 1, "{text}");
    }
}

#[test]
fn a_part_of_ours_that_was_deleted_is_written_again_and_told() {
    let ours = "Phase 1\\nVectors\\, matrices\\n\\nhttps://example.org/a";
    let new = FIRST.replace("20270104T", "20270105T");
    for (held, is_restored) in [
        (ours, false),
        (&format!("Ask Ben\\n{ours}\\nRoom 4"), false),
        ("Phase 1\\nhttps://example.org/a", true),
        ("Ask Ben", true),
        ("", true),
    ] {
        let held = marked(FIRST).replace(
            &format!("DESCRIPTION:{ours}"),
            &format!("DESCRIPTION:{held}"),
        );
        let held = held.replace("DESCRIPTION:\r\n", "");
        let merged = merge(&held, &new).unwrap();
        assert_eq!(merged.is_restored, is_restored, "{held}");
        assert!(description(&merged.text).contains(ours), "{}", merged.text);
    }
    let without = new.replace(&format!("DESCRIPTION:{ours}\r\n"), "");
    let merged = merge(&marked(FIRST).replace("Phase 1\\n", ""), &without).unwrap();
    assert!(!merged.is_restored);
}

#[test]
fn a_text_that_does_not_hold_the_event_is_left_to_the_caller() {
    for held in [
        "",
        "BEGIN:VCALENDAR\r\n",
        "nonsense",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    ] {
        assert_eq!(merge(held, FIRST), None, "{held}");
    }
    let other = FIRST.replace("p.a.1.0", "p.a.2.0");
    assert_eq!(merge(&other, FIRST), None);
    let deep = "BEGIN:X\r\n".repeat(100_000);
    assert_eq!(merge(&deep, FIRST), None);
}

/// A line of another program: no property of Waymark's, folded at will.
fn foreign_line() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "LOCATION",
        "COMMENT",
        "CONTACT",
        "ATTENDEE",
        "ATTACH",
        "ORGANIZER",
        "GEO",
        "PRIORITY",
        "CLASS",
        "CREATED",
        "RELATED-TO",
        "RESOURCES",
        "CONFERENCE",
        "IMAGE",
        "RRULE",
        "EXDATE",
        "RDATE",
        "RECURRENCE-ID-X",
        "X-MOZ-GENERATION",
        "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR",
        "x-lower",
        "CATEGORIES",
        "DESCRIPTION-X",
        "X-WAYMARK-OTHER",
        "TRANSP-X",
        "URLX",
    ]);
    let parameter = prop_oneof![
        "X-[A-Z]{1,4}=[a-zäö/]{0,6}",
        "CN=\"[a-z ;:,]{0,12}\"",
        "ALTREP=\"https://[a-z]{1,9}\\?a=b:c;d\"",
    ];
    let value = "[a-z0-9 :;,\"\\\\äß漢🚀]{0,90}";
    let folds = prop::collection::vec((0_usize..200, prop::sample::select(vec![" ", "\t"])), 0..3);
    let parameters = prop::collection::vec(parameter, 0..3);
    (name, parameters, value, folds).prop_map(|(name, parameters, value, folds)| {
        let mut line = name.to_owned();
        for parameter in parameters {
            line += &format!(";{parameter}");
        }
        // No category of Waymark's.
        line += &format!(":my {value}");
        // From the end, so that none is within another.
        let place = |at: usize| line.floor_char_boundary(1 + at % line.len());
        let mut folds: Vec<_> = folds
            .into_iter()
            .map(|(at, blank)| (place(at), blank))
            .collect();
        folds.sort_unstable();
        for (at, blank) in folds.into_iter().rev() {
            line.insert_str(at, &format!("\r\n{blank}"));
        }
        line + "\r\n"
    })
}

fn foreign_alarm() -> impl Strategy<Value = String> {
    let trigger = prop::sample::select(vec![
        "TRIGGER:-PT2H",
        "TRIGGER;RELATED=END:-PT10M",
        "TRIGGER;VALUE=DATE-TIME:20270104T170000Z",
        // As Waymark's own, on another sound.
        "TRIGGER:-PT10M\r\nX-SOUND:bell",
    ]);
    let lines = prop::collection::vec(foreign_line(), 0..3);
    (trigger, lines).prop_map(|(trigger, lines)| {
        let lines = lines.concat();
        format!("BEGIN:VALARM\r\nACTION:AUDIO\r\n{trigger}\r\n{lines}END:VALARM\r\n")
    })
}

/// The starts of the lines between two texts.
fn starts_of_lines(text: &str, from: &str, to: &str) -> Vec<usize> {
    let first = text.find(from).unwrap() + from.len();
    let last = text.find(to).unwrap();
    let ends = text.match_indices("\r\n").map(|(at, end)| at + end.len());
    let starts = ends.filter(|at| (first..=last).contains(at));
    starts.filter(|at| !text[*at..].starts_with(' ')).collect()
}

proptest! {
    /// Lines and reminders of others stay byte for byte and in their order, wherever they stand in
    /// the event, through any number of changes.
    #[test]
    fn lines_of_others_stay(
        lines in prop::collection::vec((foreign_line(), any::<prop::sample::Index>()), 0..6),
        alarms in prop::collection::vec(foreign_alarm(), 0..4),
        has_mark: bool,
    ) {
        let first = if has_mark { marked(FIRST) } else { FIRST.to_owned() };
        let mut places: Vec<(usize, &str)> = Vec::new();
        let starts = starts_of_lines(&first, "UID:p.a.1.0@waymark", "BEGIN:VALARM");
        for (line, place) in &lines {
            places.push((*place.get(&starts), line));
        }
        let end = first.find("END:VEVENT").unwrap();
        places.extend(alarms.iter().map(|alarm| (end, alarm.as_str())));
        // Stable, so that several at one place keep their order.
        places.sort_by_key(|(at, _)| *at);
        let mut held = first.clone();
        for (at, text) in places.iter().rev() {
            held.insert_str(*at, text);
        }
        let mut text = held;
        for new in [later(), FIRST.replace("20270104T", "20270106T"), later()] {
            text = merged(&text, &new);
            let mut rest = text.as_str();
            for (_, kept) in &places {
                let at = rest.find(kept);
                prop_assert!(at.is_some(), "{kept:?} is not in {text}");
                rest = &rest[at.unwrap() + kept.len()..];
            }
        }
    }

    /// A person's lines stay in their order wherever they stand, whatever of ours was deleted, and
    /// the same event again changes nothing.
    #[test]
    fn a_persons_words_stay(
        words in prop::collection::vec("[a-z]{1,8}( [a-mo-zä,;\\\\]{1,8})?", 0..5),
        kept in prop::collection::vec(any::<bool>(), 4),
        places in prop::collection::vec(0_usize..5, 5),
        has_mark: bool,
    ) {
        let ours = ["Phase 1", "Vectors\\, matrices", "", "https://example.org/a"];
        let mut lines: Vec<String> = ours
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| **kept)
            .map(|(line, _)| (*line).to_owned())
            .collect();
        let mut place = 0;
        let mut theirs = Vec::new();
        for (word, step) in words.iter().zip(&places) {
            place = (place + step).min(lines.len());
            let word = crate::calendar::export::text(&format!("my {word}"));
            lines.insert(place, word.clone());
            theirs.push(word);
            place += 1;
        }
        let first = if has_mark { marked(FIRST) } else { FIRST.to_owned() };
        let held = first.replace(
            "Phase 1\\nVectors\\, matrices\\n\\nhttps://example.org/a",
            &lines.join("\\n"),
        );
        let once = merged(&held, &later());
        let text = description(&once);
        let found: Vec<&str> = text.split("\\n").filter(|line| line.starts_with("my ")).collect();
        prop_assert_eq!(found, theirs);
        prop_assert_eq!(merged(&once, &later()), once);
    }
}
