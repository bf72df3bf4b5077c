//! Faults of a server's certificate.

use std::fmt;

use rustls::CertificateError;

/// A fault of a server's certificate. Retrying does not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsError {
    /// No authority that this computer trusts has signed it.
    Unvouched,
    /// This computer has no list of trusted authorities.
    NobodyTrusted,
    /// It is for another name.
    OtherName,
    /// It has expired.
    Expired,
    /// It is not valid yet.
    NotYet,
    /// The authority has revoked it.
    Revoked,
    /// The server does not use TLS.
    NoTls,
    /// The server uses TLS in an untrusted way.
    Other,
}

impl TlsError {
    /// The fault behind an error of the connection. `None` if it is about something else.
    pub(crate) fn of(error: &ureq::Error) -> Option<Self> {
        match error {
            ureq::Error::Rustls(error) => Some(Self::of_tls(error)),
            ureq::Error::Tls(_) => Some(Self::Other),
            // An error in the handshake arrives in this form.
            ureq::Error::Io(error) => {
                let inner = error.get_ref()?.downcast_ref()?;
                Some(Self::of_tls(inner))
            }
            _ => None,
        }
    }

    fn of_tls(error: &rustls::Error) -> Self {
        use CertificateError as Certificate;
        match error {
            rustls::Error::InvalidCertificate(error) => match error {
                Certificate::Expired | Certificate::ExpiredContext { .. } => Self::Expired,
                Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => Self::NotYet,
                Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
                    Self::OtherName
                }
                Certificate::Revoked => Self::Revoked,
                _ => Self::Unvouched,
            },
            rustls::Error::InvalidMessage(_) => Self::NoTls,
            // The verifier's error if it has found no system certificates.
            rustls::Error::General(_) => Self::NobodyTrusted,
            _ => Self::Other,
        }
    }
}

/// The rest of the sentence after the server's name.
impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unvouched => {
                "has a certificate that nobody vouches for whom this computer trusts, so something else may be answering in its place. \
                 If it is a server of your own, have this computer trust its certificate."
            }
            Self::NobodyTrusted => {
                "cannot be told from one that pretends to be it, as this computer has no list of those whom it trusts: \
                 install one (on Linux, the package ca-certificates)."
            }
            Self::OtherName => {
                "has a certificate for another name, so something else may be answering in its place: check the address."
            }
            Self::Expired => {
                "has a certificate that has expired: whoever runs it must renew it, or this computer's clock is wrong."
            }
            Self::NotYet => {
                "has a certificate that is not valid yet: this computer's clock may be wrong."
            }
            Self::Revoked => "has a certificate that was revoked: ask whoever runs it.",
            Self::NoTls => "does not answer there with https: check address and port.",
            Self::Other => {
                "and this computer cannot agree on a safe connection: ask whoever runs it."
            }
        })
    }
}
