//! A proxy on this computer, between `waymark sync` and the server, that lets things go wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::Result;

/// Nothing here is waited for any longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What happens to a request.
pub enum Fault {
    /// Nothing: it is passed on, and so is the answer.
    None,
    /// The answer is this status, with these header lines, and the server hears nothing of it.
    Answer(&'static str, String),
    /// The connection is closed, and the server hears nothing of it.
    Cut,
    /// The server does it, and its answer is lost.
    Deaf,
    /// It is passed on so much later.
    Slow(Duration),
    /// The server does it, and its answer does not name the new state.
    NoEtag,
}

/// Decides what happens to a request, by its method and its path.
type Rule = Box<dyn FnMut(&str, &str) -> Fault + Send>;

#[derive(Default)]
struct Shared {
    rule: Option<Rule>,
    /// Method and path of each request that the server was given.
    passed: Vec<(String, String)>,
}

pub struct Proxy {
    pub address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

impl Proxy {
    pub fn start(server: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let theirs = Arc::clone(&shared);
        // It ends with the test's process.
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let shared = Arc::clone(&theirs);
                thread::spawn(move || {
                    // A client that goes away in the middle is one of the things that are tried here.
                    let _ = pass(client, server, &shared);
                });
            }
        });
        Ok(Self { address, shared })
    }

    /// From now on, this is what happens to requests.
    pub fn rule(&self, rule: impl FnMut(&str, &str) -> Fault + Send + 'static) {
        locked(&self.shared).rule = Some(Box::new(rule));
    }

    /// Everything is passed on again.
    pub fn mend(&self) {
        locked(&self.shared).rule = None;
    }

    /// The paths of requests by this method that the server was given since the last time.
    pub fn passed(&self, method: &str) -> Vec<String> {
        let mut shared = locked(&self.shared);
        let passed = shared.passed.extract_if(.., |(by, _)| by == method);
        passed.map(|(_, path)| path).collect()
    }
}

/// A rule that failed in its own thread leaves the rest as it was.
fn locked(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Passes one request, and closes the connection after it.
fn pass(mut client: TcpStream, server: SocketAddr, shared: &Mutex<Shared>) -> Result {
    client.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(client.try_clone()?);
    let mut head = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if line == "\r\n" {
            break;
        }
        if !lower.starts_with("connection:") {
            head.push(line);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let first = head.first().cloned().unwrap_or_default();
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));

    let fault = match &mut locked(shared).rule {
        Some(rule) => rule(method, path),
        None => Fault::None,
    };
    match &fault {
        Fault::Answer(status, headers) => {
            write!(
                client,
                "HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n"
            )?;
            return Ok(());
        }
        Fault::Cut => return Ok(client.shutdown(Shutdown::Both)?),
        Fault::Slow(delay) => thread::sleep(*delay),
        _ => {}
    }
    let named = (method.to_owned(), path.to_owned());
    locked(shared).passed.push(named);
    let mut upstream = TcpStream::connect(server)?;
    upstream.set_read_timeout(Some(PATIENCE))?;
    upstream.write_all(head.concat().as_bytes())?;
    upstream.write_all(b"Connection: close\r\n\r\n")?;
    upstream.write_all(&body)?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer)?;
    match fault {
        Fault::Deaf => client.shutdown(Shutdown::Both)?,
        Fault::NoEtag => client.write_all(&without_etag(&answer))?,
        _ => client.write_all(&answer)?,
    }
    Ok(())
}

fn without_etag(answer: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let lines = head
        .split("\r\n")
        .filter(|line| !line.to_ascii_lowercase().starts_with("etag:"));
    let head: Vec<&str> = lines.collect();
    format!("{}\r\n\r\n{body}", head.join("\r\n")).into_bytes()
}
