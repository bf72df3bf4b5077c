//! An OAuth server that nobody here wrote, and a browser that goes where it leads.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Result;

/// The OAuth server. It ends when this is dropped.
pub struct OAuth {
    process: Child,
    pub address: SocketAddr,
}

impl OAuth {
    pub fn start() -> Result<Self> {
        // Tests of several packages start it.
        let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let mut scripts = folders.map(|folder| folder.join("tests/caldav/oauth_server.mjs"));
        let script = scripts.find(|script| script.exists());
        let script = script.ok_or("oauth_server.mjs is missing")?;
        let mut process = Command::new("node")
            .arg(script)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut port = String::new();
        let said = process.stdout.as_mut().ok_or("it says nothing")?;
        BufReader::new(said).read_line(&mut port)?;
        let port: u16 = port.trim().parse()?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        Ok(Self { process, address })
    }
}

impl Drop for OAuth {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Opens an address as a browser does, and follows where it leads.
pub fn opens(address: &str) -> Result<String> {
    let rest = address.strip_prefix("http://").ok_or("no address")?;
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut server = TcpStream::connect(host)?;
    server.write_all(
        format!("GET {slash}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .as_bytes(),
    )?;
    let mut answer = String::new();
    server.read_to_string(&mut answer)?;
    let location = answer.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("location")
            .then(|| value.to_owned())
    });
    match location {
        Some(next) => opens(&next),
        None => Ok(answer),
    }
}
