//! When other calendar programs are busy: files with all that real ones have, and what another library makes of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod corpus;
mod explained;
