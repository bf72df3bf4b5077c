//! One sync between a plan and a calendar on a server, for real or as a dry run.

use chrono::{DateTime, Utc};
use waymark_caldav::{Calendar, Local, Reach, Stopped, SyncRequest, Trial, synchronize};
use waymark_core::calendar::export::ExportOptions;
use waymark_core::calendar::sync::{Collection, DeletedAnswer, SyncReport};
use waymark_core::plan::Plan;

/// A sync to run.
pub struct Sync<'a> {
    /// The calendar on its server.
    pub calendar: &'a Calendar<'a>,
    /// The intended contents of the calendar.
    pub options: &'a ExportOptions,
    /// How far the sync goes; a dry run never sends.
    pub reach: Reach,
    /// The answer about sessions that were deleted there; `None` to ask.
    pub deleted: Option<DeletedAnswer>,
    /// Whether events in the calendar with the plan's id are this plan's for certain.
    pub adopts: bool,
    /// Whether to find out what the sync would do, and change nothing there or here.
    pub is_dry_run: bool,
}

/// The result of a sync.
#[derive(Debug)]
pub struct Synced {
    /// The plan, with the sessions that were moved in the calendar.
    pub plan: Plan,
    /// The changes found and sent, up to the end or to the failure.
    pub report: SyncReport,
    /// Why it stopped, if it did.
    pub end: Result<(), Stopped>,
}

impl Sync<'_> {
    /// Runs it, given the calendar's record so far.
    pub fn run(
        &self,
        collection: Collection,
        local: &mut impl Local,
        now: DateTime<Utc>,
    ) -> Synced {
        if self.is_dry_run {
            let mut trial = Trial(local.plan());
            self.run_on(collection, &mut trial, now)
        } else {
            self.run_on(collection, local, now)
        }
    }

    fn run_on(&self, collection: Collection, local: &mut impl Local, now: DateTime<Utc>) -> Synced {
        let reach = match self.reach {
            Reach::Send if self.is_dry_run => Reach::Weigh,
            reach => reach,
        };
        let mut report = SyncReport::default();
        let request = SyncRequest {
            calendar: self.calendar,
            options: self.options,
            reach,
            deleted: self.deleted,
            now,
        };
        let end = self
            .check_owner(&collection, &local.plan())
            .and_then(|()| synchronize(&request, collection, local, &mut report));
        Synced {
            plan: local.plan(),
            report,
            end,
        }
    }

    /// Stops before another plan's record or events are taken for this plan's.
    fn check_owner(&self, collection: &Collection, plan: &Plan) -> Result<(), Stopped> {
        collection.ledger().check_plan(plan)?;
        if self.adopts || !collection.is_unsure_of(plan) {
            return Ok(());
        }
        let listed = self.calendar.list()?;
        let fetched = self.calendar.fetch(&collection.to_fetch(&listed, false))?;
        Ok(collection.check_owner(plan, &fetched)?)
    }
}
