//! The learner's other plans, beside the one that is changed: their sessions to come are busy time
//! in it.
//!
//! They are read from the disk when a plan is opened, made, or changed so that it is rescheduled.
//! In between the plan keeps those it was rescheduled with, so that no session moves because of a
//! change of another plan.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use waymark_core::document::Document;
use waymark_core::plan::change::SetOtherPlans;
use waymark_core::plan::{BusyEntry, Change, OtherSessions, Plan};
use waymark_core::progress::busy_ahead;

use crate::data_folder::{DataFolder, PlanFolder};
use crate::mutex::lock;
use crate::plan_store::PlanStore;

/// The plans beside one plan of a data folder.
#[derive(Debug)]
pub struct BesidePlans {
    folder: DataFolder,
    /// The folder of the plan itself.
    id: String,
    /// The sessions of the others, as they were read last.
    known: Mutex<OtherSessions>,
    /// The stores of the others, which parse a plan again only if its file has changed.
    stores: Mutex<BTreeMap<String, Arc<PlanStore>>>,
}

/// The other plans that count: those that aren't archived and can be read.
pub fn others(folder: &DataFolder, id: &str) -> Vec<Arc<Document>> {
    let documents = folders(folder, id).into_iter().filter_map(|plan| {
        let store = PlanStore::of_the_app(plan.storage);
        store.document().ok()
    });
    documents.collect()
}

/// The sessions to come of these plans, by title.
pub fn sessions(plans: &[Arc<Document>], now: DateTime<Utc>) -> OtherSessions {
    let mut sessions = OtherSessions::new();
    for document in plans {
        let busy = busy_ahead(&document.plan, now);
        let of_title = sessions.entry(document.plan.title().to_owned());
        let entries = of_title.or_default();
        entries.extend(busy.into_iter().map(BusyEntry::from));
    }
    sessions
}

/// A list that can't be read is reported where plans are listed; here it has no other plans.
fn folders(folder: &DataFolder, id: &str) -> Vec<PlanFolder> {
    let plans = folder.plans().unwrap_or_default();
    let counts = |plan: &PlanFolder| plan.id != id && !plan.is_archived;
    plans.into_iter().filter(counts).collect()
}

impl BesidePlans {
    /// The plans beside the plan in this folder.
    pub fn new(folder: DataFolder, id: String) -> Self {
        Self {
            folder,
            id,
            known: Mutex::default(),
            stores: Mutex::default(),
        }
    }

    /// Reads the sessions of the other plans.
    pub fn refresh(&self, now: DateTime<Utc>) {
        let mut stores = lock(&self.stores);
        let mut kept = BTreeMap::new();
        let mut documents = Vec::new();
        for plan in folders(&self.folder, &self.id) {
            let store = stores.remove(&plan.id);
            let store = store.unwrap_or_else(|| Arc::new(PlanStore::of_the_app(plan.storage)));
            documents.extend(store.document().ok());
            kept.insert(plan.id, store);
        }
        *stores = kept;
        *lock(&self.known) = sessions(&documents, now);
    }

    /// These changes of the plan, with the sessions of the other plans as they were read last if
    /// the changes reschedule it.
    pub fn with(&self, plan: &Plan, changes: &[Change]) -> Vec<Change> {
        let mut all = changes.to_vec();
        let known = lock(&self.known);
        let has_any = !known.is_empty() || plan.other_plans().next().is_some();
        if has_any && changes.iter().any(Change::can_move_sessions) {
            let plans = known.clone();
            all.push(Change::OtherPlans(SetOtherPlans { plans }));
        }
        all
    }
}
