//! TLS, with a server whose certificate is good, and with such as are not: those are not told the password.

use chrono::{Days, Utc};

use crate::certificates::Authority;
use crate::servers::{Kind, USER};
use crate::{Learner, Result};

/// Where the authority is written down that the learner's system trusts.
const TRUSTED: &str = "trusted.pem";

#[test]
fn a_calendar_over_tls() -> Result {
    let authority = Authority::new("Trusted")?;
    let tls = authority.vouches_for(&["127.0.0.1"])?;
    let learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
    authority.write(&learner.path(TRUSTED))?;
    learner.syncs(&["--create"])?;
    learner.holds_the_plan()?;
    learner.plans(20)?;
    learner.syncs(&[])?;
    learner.holds_the_plan()
}

/// Refused at once: nothing is asked, and nothing is tried again.
#[test]
fn a_certificate_that_is_not_good() -> Result {
    let authority = Authority::new("Trusted")?;
    let here = ["127.0.0.1"];
    let yesterday = Utc::now().date_naive() - Days::new(1);
    for (tls, sentence) in [
        (
            Authority::new("Somebody")?.vouches_for(&here)?,
            "nobody vouches for",
        ),
        // Of the same name: only the signature tells it apart.
        (
            Authority::new("Trusted")?.vouches_for(&here)?,
            "nobody vouches for",
        ),
        (
            authority.vouches_for(&["cloud.example.org"])?,
            "another name",
        ),
        (authority.vouched_until(&here, yesterday)?, "expired"),
    ] {
        let learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
        authority.write(&learner.path(TRUSTED))?;
        let (code, said) = learner.fails(&["--create"])?;
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(sentence), "{said}");
        assert!(said.trim_end().ends_with("It was told nothing."), "{said}");
        assert_eq!(learner.proxy.connections(), 1);
        assert!(learner.proxy.asked().is_empty());
    }
    Ok(())
}
