//! The HTTP client for servers.

use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig};

use crate::lanes;
use crate::loopback::is_loopback;

/// A client that follows no redirect, and takes each status for an answer.
pub(crate) fn agent(timeout: Duration, host: &str) -> ureq::Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
    let mut config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .allow_non_standard_methods(true)
        .timeout_global(Some(timeout))
        .max_idle_connections_per_host(lanes::MOST)
        .user_agent(concat!("Waymark/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls.build());
    if is_loopback(host) {
        config = config.proxy(None);
    }
    config.build().into()
}
