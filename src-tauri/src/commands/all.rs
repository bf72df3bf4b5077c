// Every command that the page may call, named here and nowhere else in Rust: the handler and the
// build script include this file, and a test compares the capability and the page's bridge with it.

macro_rules! with_commands {
    ($($then:ident)::+) => {
        $($then)::+![
            commands::open,
            commands::preview,
            commands::apply,
            commands::look,
            commands::settle_edits,
            commands::forecast,
            commands::catch_up,
            commands::check_in,
            commands::seen,
            commands::worklog,
            commands::busy_times,
            commands::roadmap_facts,
            commands::undo,
            commands::redo,
            commands::timer,
            commands::calendars::calendars,
            commands::calendars::add_calendar,
            commands::calendars::add_live_file,
            commands::calendars::server_calendars,
            commands::calendars::add_server_calendar,
            commands::calendars::rename_calendar,
            commands::calendars::remove_calendar,
            commands::calendars::keep_calendar_options,
            commands::calendars::export_preview,
            commands::calendars::export_calendar,
            commands::calendars::sync_calendar,
            commands::calendars::keep_password,
            commands::calendars::stop_sync,
            commands::calendars::answer_deleted,
            commands::files::import_busy,
            commands::files::save_picture,
            commands::start::refusal,
            commands::start::retry_start,
            commands::start::open_copy,
            commands::start::accept_edits,
            commands::start::show_folder,
            commands::start::quit,
            commands::keep_settings,
            commands::drawn,
        ]
    };
}
