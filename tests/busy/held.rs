//! Our events as a calendar server returns them after another program has edited them.

use std::fmt::Write;

use chrono::{DateTime, SecondsFormat};

use crate::{any_resource, files_in};

#[test]
fn what_a_server_holds_of_an_event_is_a_move_or_is_told_of() {
    let mut told = String::new();
    for (name, bytes) in files_in("held") {
        let text = String::from_utf8_lossy(&bytes);
        any_resource::holds(&text);
        let pull = any_resource::heard(&text);
        let time = |seconds| {
            let time = DateTime::from_timestamp(seconds, 0).unwrap();
            time.to_rfc3339_opts(SecondsFormat::Secs, true)
        };
        writeln!(told, "{name}").unwrap();
        for moved in pull.moved {
            let (from, to) = (moved.from, moved.to);
            let (from, to) = (
                [from.start, from.end].map(time),
                [to.start, to.end].map(time),
            );
            writeln!(told, "  moved from {from:?} to {to:?}").unwrap();
        }
        for (uid, why) in pull.odd {
            writeln!(told, "  {uid}: {why}").unwrap();
        }
        if pull.deleted > 0 {
            writeln!(told, "  {} deleted", pull.deleted).unwrap();
        }
    }
    insta::assert_snapshot!(told);
}
