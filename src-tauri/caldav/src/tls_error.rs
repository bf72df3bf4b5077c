//! Faults of a server's certificate.

use std::fmt;

use rustls::CertificateError;

/// A fault of a server's certificate. Retrying does not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsError {
    /// No authority that this computer trusts has signed it.
    UnknownAuthority,
    /// This computer has no list of trusted authorities.
    NoAuthorities,
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
                _ => Self::UnknownAuthority,
            },
            rustls::Error::InvalidMessage(_) => Self::NoTls,
            // The verifier's error if it has found no system certificates.
            rustls::Error::General(_) => Self::NoAuthorities,
            _ => Self::Other,
        }
    }
}

/// The rest of the sentence after the server's name.
impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownAuthority => {
                "presents a certificate this computer doesn't trust, so something else may be answering in its place. \
                 If it is your own server, add its certificate to this computer's trusted ones."
            }
            Self::NoAuthorities => {
                "can't be verified, because this computer has no list of trusted certificate authorities. \
                 Install one (on Linux, the package ca-certificates)."
            }
            Self::OtherName => {
                "presents a certificate for another name, so something else may be answering in its place. Check the address."
            }
            Self::Expired => {
                "presents a certificate that has expired. Its operator must renew it, or this computer's clock is wrong."
            }
            Self::NotYet => {
                "presents a certificate that isn't valid yet. This computer's clock may be wrong."
            }
            Self::Revoked => "presents a revoked certificate. Ask its operator.",
            Self::NoTls => "doesn't answer with HTTPS there. Check address and port.",
            Self::Other => {
                "and this computer can't agree on a secure connection. Ask its operator."
            }
        })
    }
}
