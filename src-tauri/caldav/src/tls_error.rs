//! Why a server is not told anything: what is wrong with its certificate.

use std::fmt;

use rustls::CertificateError;

/// What is wrong with a server's certificate. None of it gets better by asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsError {
    /// Nobody whom this computer trusts vouches for it.
    Unvouched,
    /// This computer has no list of those whom it trusts.
    NobodyTrusted,
    /// It was made for another name.
    OtherName,
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYet,
    /// Whoever vouched for it has taken that back.
    Revoked,
    /// What answers does not speak TLS.
    NoTls,
    /// What answers speaks TLS in a way that is not trusted here.
    Other,
}

impl TlsError {
    /// What an error of the connection says of it; nothing where it is about something else.
    pub(crate) fn of(error: &ureq::Error) -> Option<Self> {
        match error {
            ureq::Error::Rustls(error) => Some(Self::of_tls(error)),
            ureq::Error::Tls(_) => Some(Self::Other),
            // That is how an error in the handshake arrives.
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
            // So the verifier says that it has found no certificates of the system's.
            rustls::Error::General(_) => Self::NobodyTrusted,
            _ => Self::Other,
        }
    }
}

/// What follows the name of the server, to the end of the sentence.
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
