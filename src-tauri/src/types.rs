//! Files of the page that are generated from Rust: `UPDATE_TYPES=1 cargo test types` writes them.

use std::collections::BTreeSet;
use std::fmt::Write;

use ts_rs::{Config, TS};
use waymark_core::calendar::{event, export, ledger, sync};
use waymark_core::{
    catch_up, check_in, input_error, ladder, palette, picture, plan, progress, roadmap, share,
    status, templates, view,
};
use waymark_desk::busy_files;
use waymark_desk::calendars::files::Exported;
use waymark_desk::calendars::{Calendar, ExportPreview, Way, google, server, tracking, trouble};
use waymark_desk::{calendars, new_plan, notices, refusal, shelf, web_busy};

use crate::commands::{self, files};
use crate::news;
use crate::settings;

/// Fails unless a file of the page has this text; with `UPDATE_TYPES` set it is written first.
fn assert_current(path: &str, text: &str) {
    let full = format!("{}/ui/src/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_TYPES").is_some() {
        std::fs::write(&full, text).expect("a generated file can be written");
    }
    let committed = std::fs::read_to_string(&full).expect("the generated file is there");
    assert!(
        committed == text,
        "ui/src/{path} is stale: UPDATE_TYPES=1 cargo test types"
    );
}

fn config() -> Config {
    Config::default().with_large_int("number")
}

fn declare<T: TS>(text: &mut String) {
    let docs = T::docs().unwrap_or_default();
    let _ = writeln!(text, "\n{docs}export {}", T::decl(&config()));
}

#[test]
fn the_page_has_the_types_of_the_commands() {
    let mut text = "// Generated from the Rust types by `UPDATE_TYPES=1 cargo test types`. Do not edit.\n\n\
        export type Weekday = \"mon\" | \"tue\" | \"wed\" | \"thu\" | \"fri\" | \"sat\" | \"sun\";\n"
        .to_owned();
    declare::<commands::Opened>(&mut text);
    declare::<view::View>(&mut text);
    declare::<view::PlanView>(&mut text);
    declare::<view::WindowView>(&mut text);
    declare::<view::TimeView>(&mut text);
    declare::<view::PinView>(&mut text);
    declare::<view::OtherPlanView>(&mut text);
    declare::<view::BusyView>(&mut text);
    declare::<view::Answers>(&mut text);
    declare::<view::Summary>(&mut text);
    declare::<status::StatusReport>(&mut text);
    declare::<status::Status>(&mut text);
    declare::<status::Lever>(&mut text);
    declare::<view::Chart>(&mut text);
    declare::<view::ReasonView>(&mut text);
    declare::<view::PhaseRow>(&mut text);
    declare::<roadmap::Track>(&mut text);
    declare::<view::OutcomeView>(&mut text);
    declare::<view::ItemRow>(&mut text);
    declare::<roadmap::ItemKind>(&mut text);
    declare::<view::Finding>(&mut text);
    declare::<view::History>(&mut text);
    declare::<view::TimerView>(&mut text);
    declare::<view::AgendaView>(&mut text);
    declare::<view::AgendaSession>(&mut text);
    declare::<view::EntryView>(&mut text);
    declare::<view::BusySpan>(&mut text);
    declare::<view::RoadmapFacts>(&mut text);
    declare::<view::NeedView>(&mut text);
    declare::<view::PhaseFacts>(&mut text);
    declare::<view::ItemTexts>(&mut text);
    declare::<view::LinkView>(&mut text);
    declare::<view::StepView>(&mut text);
    declare::<view::ReferenceGroup>(&mut text);
    declare::<view::ReferenceText>(&mut text);
    declare::<waymark_core::outline::Meaning>(&mut text);
    declare::<waymark_core::outline::LineMeaning>(&mut text);
    declare::<waymark_core::outline::OutlineAnswer>(&mut text);
    declare::<view::OutlineView>(&mut text);
    declare::<view::OutlineLine>(&mut text);
    declare::<view::OutlinePhaseView>(&mut text);
    declare::<view::OutlineItemView>(&mut text);
    declare::<view::QuestionView>(&mut text);
    declare::<view::MergeView>(&mut text);
    declare::<plan::change::MergedLine>(&mut text);
    declare::<plan::change::MergeKind>(&mut text);
    declare::<files::RoadmapFormat>(&mut text);
    declare::<view::BaselineView>(&mut text);
    declare::<view::ProgressView>(&mut text);
    declare::<view::Side>(&mut text);
    declare::<view::Figure>(&mut text);
    declare::<view::WeekView>(&mut text);
    declare::<view::ForecastView>(&mut text);
    declare::<view::TargetAtPace>(&mut text);
    declare::<view::TargetHours>(&mut text);
    declare::<ladder::Rung>(&mut text);
    declare::<view::QuantilesView>(&mut text);
    declare::<view::PhaseForecast>(&mut text);
    declare::<picture::Picture>(&mut text);
    declare::<picture::PictureKind>(&mut text);
    declare::<picture::PictureMark>(&mut text);
    declare::<picture::MarkRole>(&mut text);
    declare::<picture::MarkShape>(&mut text);
    declare::<picture::Anchor>(&mut text);
    declare::<picture::PictureCell>(&mut text);
    declare::<picture::PictureTable>(&mut text);
    declare::<catch_up::RecoveryOption>(&mut text);
    declare::<catch_up::OptionOutcome>(&mut text);
    declare::<check_in::CheckIn>(&mut text);
    declare::<check_in::Occasion>(&mut text);
    declare::<progress::SessionState>(&mut text);
    declare::<plan::Change>(&mut text);
    for (docs, declaration) in plan::Change::declarations(&config()) {
        let _ = writeln!(text, "\n{docs}export {declaration}");
    }
    declare::<plan::WindowEntry>(&mut text);
    declare::<plan::ExceptionEntry>(&mut text);
    declare::<plan::MoveEntry>(&mut text);
    declare::<plan::KnownEntry>(&mut text);
    declare::<plan::BusyEntry>(&mut text);
    declare::<plan::BusyCalendar>(&mut text);
    declare::<plan::PinEntry>(&mut text);
    declare::<plan::Keep>(&mut text);
    declare::<commands::TimerAction>(&mut text);
    declare::<input_error::ShownError>(&mut text);
    declare::<input_error::ErrorCode>(&mut text);
    declare::<refusal::Refusal>(&mut text);
    declare::<notices::Notice>(&mut text);
    declare::<refusal::EarlierCopy>(&mut text);
    declare::<settings::Settings>(&mut text);
    declare::<settings::Theme>(&mut text);
    declare::<settings::DateOrder>(&mut text);
    declare::<settings::ClockHours>(&mut text);
    declare::<settings::ViewName>(&mut text);
    declare::<Exported>(&mut text);
    declare::<files::Imported>(&mut text);
    declare::<busy_files::BusyImport>(&mut text);
    declare::<busy_files::ImportedCalendar>(&mut text);
    declare::<busy_files::BusyQuestion>(&mut text);
    declare::<commands::earlier::ImportResult>(&mut text);
    declare::<shelf::Shelf>(&mut text);
    declare::<shelf::PlanEntry>(&mut text);
    declare::<shelf::RemovedEntry>(&mut text);
    declare::<templates::TemplateView>(&mut text);
    declare::<new_plan::PlanSource>(&mut text);
    declare::<commands::plans::ShelfChange>(&mut text);
    declare::<news::WindowNews>(&mut text);
    declare::<view::EarlierView>(&mut text);
    declare::<share::ShareOptions>(&mut text);
    declare::<export::ExportOptions>(&mut text);
    declare::<export::ExportTimes>(&mut text);
    declare::<ledger::ExportKind>(&mut text);
    declare::<ledger::ExportCounts>(&mut text);
    declare::<ExportPreview>(&mut text);
    declare::<event::EventKind>(&mut text);
    declare::<sync::DeletedAnswer>(&mut text);
    declare::<commands::web_busy::WebBusy>(&mut text);
    declare::<web_busy::WebCalendar>(&mut text);
    declare::<web_busy::WebPlace>(&mut text);
    declare::<Calendar>(&mut text);
    declare::<calendars::Upload>(&mut text);
    declare::<trouble::Trouble>(&mut text);
    declare::<tracking::CalendarsState>(&mut text);
    declare::<tracking::StateKind>(&mut text);
    declare::<Way>(&mut text);
    declare::<server::Login>(&mut text);
    declare::<server::ServerCalendar>(&mut text);
    declare::<google::TypedClient>(&mut text);
    declare::<server::Question>(&mut text);
    declare::<commands::calendars::CalendarView>(&mut text);
    declare::<commands::calendars::Added>(&mut text);
    declare::<commands::calendars::ServerChoice>(&mut text);
    declare::<commands::calendars::SyncStep>(&mut text);
    declare::<commands::calendars::Synced>(&mut text);

    assert_current("bridge/types.ts", &text);
}

/// The field of the page that each kind of change belongs to is said where the kind is.
#[test]
fn the_page_has_a_field_for_each_kind_of_change() {
    let mut text = "// Generated from the kinds of changes by `UPDATE_TYPES=1 cargo test types`. Do not edit.\n\n\
        import type { Change } from \"./types\";\n\n\
        interface ChangeField {\n  \
          /** The change's own field that tells two fields of the page apart. */\n  \
          per: \"item\" | \"phase\" | null;\n  \
          /** Whether a later change replaces an earlier one of the same field that still waits. */\n  \
          isReplaced: boolean;\n\
        }\n\n\
        /** The field of the page that each kind of change belongs to. */\n\
        export const CHANGE_FIELDS: Readonly<Record<Change[\"kind\"], ChangeField>> = {\n"
        .to_owned();
    for (kind, field) in plan::Change::kinds() {
        let per = field
            .per
            .map_or("null".to_owned(), |per| format!("\"{per}\""));
        let is_replaced = field.is_replaced;
        let _ = writeln!(
            text,
            "  {kind}: {{ per: {per}, isReplaced: {is_replaced} }},"
        );
    }
    text += "};\n";
    assert_current("bridge/changes.ts", &text);
}

#[test]
fn the_page_has_the_colours_of_the_core() {
    assert_current("palette.css", &palette::stylesheet());
    assert_current("pictures.css", &picture::stylesheet());
    assert_current(
        "bridge/palette.ts",
        &format!(
            "// Generated from the core's palette by `UPDATE_TYPES=1 cargo test types`. Do not edit.\n\n\
            /** The number of phase colours: palette.css has the classes `hue-1` to `hue-{count}`. */\n\
            export const PHASE_COLOURS = {count};\n",
            count = palette::PALETTE.len()
        ),
    );
}

/// Paths of the commands, as the handler has them.
macro_rules! paths {
    ($($path:path),+ $(,)?) => { [$(stringify!($path)),+] };
}

/// The capability allows exactly the commands there are, and the page calls each of them.
#[test]
fn the_capability_and_the_bridge_have_every_command() {
    let names: BTreeSet<String> = with_commands!(paths)
        .iter()
        .filter_map(|path| path.rsplit("::").next())
        .map(|name| name.trim().to_owned())
        .collect();

    let capability = include_str!("../capabilities/main.json");
    let capability: serde_json::Value = serde_json::from_str(capability).expect("JSON");
    let allowed: BTreeSet<String> = capability["permissions"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect();
    assert_eq!(allowed, names, "capabilities/main.json");

    let bridge = include_str!("../../ui/src/bridge/index.ts");
    let called: BTreeSet<String> = bridge
        .split("invoke<")
        .skip(1)
        .filter_map(|call| call.split_once(">(\"")?.1.split('"').next())
        .map(str::to_owned)
        .collect();
    assert_eq!(called, names, "ui/src/bridge/index.ts");
}
