//! Locking values that one thread replaces whole and others read.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The value, even after a thread panicked while it held the lock: it is only ever replaced as a
/// whole, so it is always consistent.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
