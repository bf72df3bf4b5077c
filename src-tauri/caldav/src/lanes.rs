//! Several requests at a time.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// The most requests to a server at a time.
pub(crate) const MOST: usize = 4;

/// The requests under way to a server.
pub(crate) struct Lanes {
    used: Mutex<Used>,
    freed: Condvar,
}

struct Used {
    most: usize,
    now: usize,
}

/// A request under way. It ends when this is dropped.
pub(crate) struct Lane<'a>(&'a Lanes);

impl Lanes {
    pub fn new() -> Self {
        let (most, now) = (MOST, 0);
        Self {
            used: Mutex::new(Used { most, now }),
            freed: Condvar::new(),
        }
    }

    /// Waits until another request may be sent.
    pub fn enter(&self) -> Lane<'_> {
        let used = self.used();
        let free = self.freed.wait_while(used, |used| used.now >= used.most);
        free.unwrap_or_else(PoisonError::into_inner).now += 1;
        Lane(self)
    }

    /// From now on, one request at a time: the server objects to several.
    pub fn narrow(&self) {
        self.used().most = 1;
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lane<'_> {
    fn drop(&mut self) {
        self.0.used().now -= 1;
        self.0.freed.notify_all();
    }
}

/// Works on the items, a few at a time and in their order. `heard` gets the results on this thread,
/// each with its item, as they come. If it returns false, no further item is begun; those that are
/// under way are still heard.
pub(crate) fn each<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut heard: impl FnMut(&T, R) -> bool,
) {
    let (next, is_stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (tell, told) = mpsc::channel();
    let worker = |tell: mpsc::Sender<(usize, R)>| {
        while !is_stopped.load(Ordering::SeqCst) {
            let index = next.fetch_add(1, Ordering::SeqCst);
            let Some(item) = items.get(index) else {
                return;
            };
            if tell.send((index, work(item))).is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let worker = &worker;
        let spawn = |tell: mpsc::Sender<_>| {
            let begun = thread::Builder::new().spawn_scoped(scope, move || worker(tell));
            begun.is_ok()
        };
        let wanted = MOST.min(items.len());
        let begun = (0..wanted).filter(|_| spawn(tell.clone())).count();
        if begun == 0 {
            // The system has no thread left.
            for item in items {
                if !heard(item, work(item)) {
                    return;
                }
            }
        }
        drop(tell);
        for (index, result) in told {
            if let Some(item) = items.get(index)
                && !heard(item, result)
            {
                is_stopped.store(true, Ordering::SeqCst);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::Barrier;

    /// All begin in order, as many as may are under way together, and each is heard once.
    #[test]
    fn four_at_a_time() {
        let items: Vec<usize> = (0..40).collect();
        let meet = Barrier::new(MOST);
        let mut results = Vec::new();
        each(
            &items,
            |item| {
                // Passes only if four are here at once.
                meet.wait();
                item * 2
            },
            |item, result| {
                results.push((*item, result));
                true
            },
        );
        results.sort_unstable();
        let expected: Vec<_> = items.iter().map(|item| (*item, item * 2)).collect();
        assert_eq!(results, expected);
    }

    #[test]
    fn none_is_begun_after_the_end_and_all_that_were_are_heard() {
        let items: Vec<usize> = (0..40).collect();
        let begun = AtomicUsize::new(0);
        let (passes, told) = (Mutex::new(1), Condvar::new());
        let mut heard = 0;
        each(
            &items,
            |_| {
                begun.fetch_add(1, Ordering::SeqCst);
                // Each result lets a few others end, however long this thread is kept waiting.
                let free = told.wait_while(passes.lock().unwrap(), |passes| *passes == 0);
                *free.unwrap() -= 1;
            },
            |_, ()| {
                heard += 1;
                *passes.lock().unwrap() += MOST;
                told.notify_all();
                false
            },
        );
        assert_eq!(heard, begun.load(Ordering::SeqCst));
        assert!(heard < items.len());
    }

    #[test]
    fn after_an_objection_one_at_a_time() {
        let lanes = Lanes::new();
        let most = AtomicUsize::new(0);
        let now = AtomicUsize::new(0);
        lanes.narrow();
        let items = [(); 40];
        each(
            &items,
            |()| {
                let _lane = lanes.enter();
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::yield_now();
                now.fetch_sub(1, Ordering::SeqCst);
            },
            |(), ()| true,
        );
        assert_eq!(most.load(Ordering::SeqCst), 1);
    }
}
