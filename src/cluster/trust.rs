//! Which authorities may vouch for a cluster, and what is wrong with a node that none of them vouches for.

use std::path::PathBuf;

use rustls::pki_types::CertificateDer;
use rustls::{CertificateError, RootCertStore};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use crate::error::{Error, ErrorKind, Result};

/// The variable that names a file with the certificates of authorities.
const AUTHORITIES: &str = "DATELINE_CLUSTER_CA";

/// Whom these nodes must be vouched for by: the authorities of the variable and nobody else, or those that browsers know.
pub(crate) fn config(nodes: &[String]) -> Result<TlsConfig> {
    let is_met = nodes.iter().any(|node| node.starts_with("https://"));
    let own = std::env::var_os(AUTHORITIES).filter(|path| is_met && !path.is_empty());
    let roots = match own {
        Some(path) => authorities(&PathBuf::from(path))?,
        None => RootCerts::WebPki,
    };
    Ok(TlsConfig::builder().root_certs(roots).build())
}

fn authorities(path: &PathBuf) -> Result<RootCerts> {
    let refused = |why: &str| {
        let file = path.display();
        Error::new(ErrorKind::Io, format!("the file that {AUTHORITIES} names is of no use: {file} {why}"))
            .hint("it holds the certificates of authorities in PEM form, which begin with -----BEGIN CERTIFICATE-----")
    };
    let bytes = std::fs::read(path).map_err(|error| refused("cannot be read").because(error))?;
    let mut found: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(&bytes) {
        match item {
            Ok(PemItem::Certificate(certificate)) => found.push(certificate),
            Ok(_) => {}
            Err(_) => return Err(refused("is damaged, or in another form")),
        }
    }
    // Lists of many authorities may hold some that are of no use here.
    let all = found.iter().map(|certificate| CertificateDer::from(certificate.der()));
    match RootCertStore::empty().add_parsable_certificates(all) {
        (0, _) => Err(refused("holds no certificate")),
        _ => Ok(RootCerts::from(found)),
    }
}

/// Why a node is not spoken to, if that does not pass by itself.
pub(crate) fn refusal(node: &str, error: &ureq::Error) -> Option<Error> {
    let error = match error {
        ureq::Error::Rustls(error) => error,
        // The first words of both sides are read as those of any connection.
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref::<rustls::Error>()?,
        _ => return None,
    };
    let refused =
        |why: &str, advice: &str| Some(Error::new(ErrorKind::Io, format!("the cluster at {node} {why}")).hint(advice));
    match error {
        rustls::Error::InvalidCertificate(why) => {
            let (why, advice) = of_certificate(why);
            refused(&format!("cannot be trusted: its certificate {why}"), advice)
        }
        rustls::Error::InvalidMessage(_) => refused(
            "does not speak TLS",
            "is this its port? without TLS only a cluster of this machine is asked, by http://",
        ),
        rustls::Error::AlertReceived(alert) => {
            refused(&format!("refuses TLS: {alert:?}"), "certificates of clients are not sent; is this its port?")
        }
        other => refused(&format!("speaks a TLS that is not understood here: {other}"), "TLS 1.2 and 1.3 are"),
    }
}

/// What is wrong with a certificate, and what to do.
fn of_certificate(error: &CertificateError) -> (String, &'static str) {
    let known =
        "name a file with the certificate of its authority in DATELINE_CLUSTER_CA, which is then the only one trusted";
    match error {
        CertificateError::UnknownIssuer => ("is of an authority that is not known here".to_owned(), known),
        CertificateError::NotValidForName => ("is for another host".to_owned(), "name it as its certificate does"),
        CertificateError::NotValidForNameContext { presented, .. } => {
            // Each has its kind around it: DnsName("ferry.example").
            let bare = |name: &String| {
                name.split_once('(').map_or(name.as_str(), |(_, name)| name.trim_matches(['"', ')'])).to_owned()
            };
            let names: Vec<String> = presented.iter().map(bare).collect();
            (format!("is for another host: {}", names.join(", ")), "name it as its certificate does")
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            ("has expired".to_owned(), "it needs a new one; is the clock of this machine right?")
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            ("is not valid yet".to_owned(), "is the clock of this machine right?")
        }
        other => (format!("is refused: {other}"), "it needs one for a server, signed by an authority"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_without_authorities_is_told_with_what_it_should_hold() {
        let folder = tempfile::tempdir().unwrap();
        let pem = |kind: &str, body: &str| format!("-----BEGIN {kind}-----\n{body}\n-----END {kind}-----\n");
        for (name, content, told) in [
            ("none", None, "none cannot be read: "),
            ("empty", Some(String::new()), "empty holds no certificate"),
            ("text", Some("a letter".to_owned()), "text holds no certificate"),
            ("key", Some(pem("PRIVATE KEY", "YQ==")), "key holds no certificate"),
            ("other", Some(pem("CERTIFICATE", "YQ==")), "other holds no certificate"),
            ("damaged", Some(pem("CERTIFICATE", "???")), "damaged is damaged"),
        ] {
            let path = folder.path().join(name);
            if let Some(content) = content {
                std::fs::write(&path, content).unwrap();
            }
            let error = authorities(&path).unwrap_err();
            assert!(error.to_string().contains(told) && error.to_string().contains(AUTHORITIES), "{error}");
            assert!(error.advice().is_some_and(|advice| advice.contains("BEGIN CERTIFICATE")));
        }
    }
}
