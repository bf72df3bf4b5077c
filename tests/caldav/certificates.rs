//! Certificates made for the tests, and an authority that signs them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;

use crate::Result;

/// An authority that signs certificates of servers.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new(name: &str) -> Result<Self> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate()?;
        Ok(Self(CertifiedIssuer::self_signed(params, key)?))
    }

    /// Writes its own certificate, for clients that trust it.
    pub fn write(&self, path: &Path) -> Result {
        Ok(fs::write(path, self.0.pem())?)
    }

    /// A server with a certificate for these names, from yesterday until tomorrow.
    pub fn issue(&self, names: &[&str]) -> Result<Arc<ServerConfig>> {
        let tomorrow = Utc::now().date_naive() + Days::new(1);
        self.issue_until(names, tomorrow)
    }

    /// The same, until this day.
    pub fn issue_until(&self, names: &[&str], last: NaiveDate) -> Result<Arc<ServerConfig>> {
        let names: Vec<String> = names.iter().copied().map(str::to_owned).collect();
        let mut params = CertificateParams::new(names)?;
        let first = last - Days::new(2);
        params.not_before = date_time_ymd(
            first.year(),
            first.month().try_into()?,
            first.day().try_into()?,
        );
        params.not_after = date_time_ymd(
            last.year(),
            last.month().try_into()?,
            last.day().try_into()?,
        );
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.0)?;
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        Ok(Arc::new(config))
    }
}
