//! Everything that window and terminal share around the core: the plan on disk, the clock and zone
//! of this computer, the learner's calendars, and syncing with them.
//!
//! The core decides; this crate reads and writes. It knows neither Tauri nor a terminal, so that
//! both programs work on the same plan by the same code.

pub mod alarm;
pub mod auto_sync;
pub mod beside;
pub mod busy_files;
pub mod calendars;
pub mod clock;
pub mod data_folder;
pub mod desk;
pub mod desks;
pub mod exchange;
pub mod file_lock;
pub mod locale;
pub mod new_plan;
pub mod notices;
pub mod plan_store;
pub mod refusal;
pub mod ring;
pub mod shelf;
pub mod storage;
pub mod sync;
pub mod web_busy;
pub mod web_feeds;
pub mod zone;

pub mod mutex;
