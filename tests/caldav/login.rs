//! Users and passwords in the forms that servers accept.

use crate::proxy::Fault;
use crate::servers::{Kind, PASSWORD};
use crate::{Learner, Result};

/// A server that accepts Digest only. After its first challenge it gets nothing else.
#[cfg(target_os = "linux")]
#[test]
fn a_server_that_asks_for_digest() -> Result {
    let learner = Learner::new(Kind::SabreDavDigest)?;
    learner.syncs(&["--create"])?;
    learner.holds_the_plan()?;
    learner.plans(20)?;
    learner.syncs(&[])?;
    learner.holds_the_plan()?;
    let asked = learner.proxy.asked();
    let scheme = |it: &crate::proxy::Asked| {
        let authorization = it.authorization.as_deref().unwrap_or("");
        authorization.split(' ').next().unwrap_or("").to_owned()
    };
    // Each run starts with Basic once.
    let schemes: Vec<String> = asked.iter().map(scheme).collect();
    assert_eq!(schemes.iter().filter(|it| *it == "Basic").count(), 2);
    assert!(schemes.iter().all(|it| it == "Basic" || it == "Digest"));
    let told = asked.iter().filter_map(|it| it.authorization.as_deref());
    assert!(told.into_iter().all(|it| !it.contains(PASSWORD)));

    let before = learner.proxy.asked().len();
    let output = learner
        .command(&[])?
        .env("WAYMARK_PASSWORD", "hunter2")
        .output()?;
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr)?;
    assert!(
        said.contains("rejected this user name or password"),
        "{said}"
    );
    // Once as Basic, once as Digest: a server may lock out users who try too often.
    assert_eq!(learner.proxy.asked().len(), before + 2);
    Ok(())
}

/// Unknown challenges count as a rejected password.
#[test]
fn challenges_of_other_kinds() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    for challenge in [
        "",
        "WWW-Authenticate: Bearer realm=\"x\"\r\n",
        "WWW-Authenticate: Digest\r\n",
        "WWW-Authenticate: Digest realm=\"x\r\n",
        "WWW-Authenticate: Digest realm=\"x\", nonce=\"y\", algorithm=ROT13\r\n",
        "WWW-Authenticate: Digest réalm=\"x\", nonce=\"y\"\r\n",
    ] {
        learner
            .proxy
            .rule(move |_| Fault::Answer("401 Unauthorized", challenge.to_owned()));
        let before = learner.proxy.asked().len();
        let (code, said) = learner.fails(&[])?;
        assert_eq!(code, Some(2), "{challenge} {said}");
        assert!(
            said.contains("rejected this user name or password"),
            "{said}"
        );
        assert_eq!(learner.proxy.asked().len(), before + 1, "{challenge}");
    }
    Ok(())
}
