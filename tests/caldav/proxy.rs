//! A proxy on this computer, between `waymark sync` and the server, that injects failures.
//!
//! It plays the server, with or without TLS. It is also an HTTP proxy (CONNECT), and then plays
//! servers of any name.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::Result;

/// Upper bound of every wait.
const PATIENCE: Duration = Duration::from_secs(30);
/// The first byte of a handshake of TLS (RFC 8446, 5.1).
const HANDSHAKE: u8 = 22;

/// The treatment of a request.
pub enum Fault {
    /// The request and its answer are forwarded.
    None,
    /// The answer is this status, with these header lines; the server does not receive the request.
    Answer(&'static str, String),
    /// The same, with this XML or JSON.
    Say(&'static str, String),
    /// The connection is closed; the server does not receive the request.
    Cut,
    /// The server executes it, and its answer is lost.
    Deaf,
    /// The request is forwarded after this delay.
    Slow(Duration),
    /// The request is forwarded with this path instead.
    At(String, &'static str),
    /// The request is forwarded with this path, and with these header lines in place of its
    /// Authorization.
    With(String, String),
    /// The server executes it, and head and body of its answer are changed.
    Edit(Box<Edit>),
}

/// Changes head and body of an answer.
type Edit = dyn Fn(&str, &str) -> (String, String) + Send;

/// A request.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    /// The server named in a CONNECT. `None` without one.
    pub host: String,
    /// The client's address.
    pub authorization: Option<String>,
    /// Its header lines.
    pub head: String,
    pub body: String,
    /// Length of all of it.
    bytes: usize,
}

/// Decides the treatment of a request.
type Rule = Box<dyn FnMut(&Asked) -> Fault + Send>;

#[derive(Default)]
struct Shared {
    rule: Option<Rule>,
    /// Number of connections.
    connections: usize,
    /// All requests that were read.
    asked: Vec<Asked>,
    /// Requests that were forwarded, and that [`Proxy::passed`] has not returned yet.
    passed: Vec<Asked>,
    /// Number of requests under way.
    under_way: usize,
    traffic: Traffic,
}

/// Everything that went through the proxy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traffic {
    pub requests: usize,
    /// Of requests and answers, with their heads.
    pub bytes: usize,
    /// The most requests that were under way at a time.
    pub at_once: usize,
}

pub struct Proxy {
    pub address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

impl Proxy {
    /// Starts a proxy in front of this server. With a certificate, it uses TLS.
    pub fn start(server: SocketAddr, tls: Option<Arc<ServerConfig>>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let theirs = Arc::clone(&shared);
        // The thread ends with the test's process.
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (shared, tls) = (Arc::clone(&theirs), tls.clone());
                locked(&shared).connections += 1;
                thread::spawn(move || {
                    // Clients that disconnect in the middle are part of the tests.
                    let _ = receive(client, server, tls, &shared);
                });
            }
        });
        Ok(Self { address, shared })
    }

    /// Sets the treatment of requests from now on.
    pub fn rule(&self, rule: impl FnMut(&Asked) -> Fault + Send + 'static) {
        locked(&self.shared).rule = Some(Box::new(rule));
    }

    /// Forwards everything again.
    pub fn mend(&self) {
        locked(&self.shared).rule = None;
    }

    /// The paths of requests with this method that were forwarded since the last call.
    pub fn passed(&self, method: &str) -> Vec<String> {
        let mut shared = locked(&self.shared);
        let passed = shared.passed.extract_if(.., |asked| asked.method == method);
        passed.map(|asked| asked.path).collect()
    }

    /// All requests that were read.
    pub fn asked(&self) -> Vec<Asked> {
        locked(&self.shared).asked.clone()
    }

    /// The traffic since the last call.
    pub fn traffic(&self) -> Traffic {
        std::mem::take(&mut locked(&self.shared).traffic)
    }

    /// Number of connections so far.
    pub fn connections(&self) -> usize {
        locked(&self.shared).connections
    }
}

/// A rule that panicked in its thread does not poison the others.
fn locked(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Detects the protocol.
fn receive(
    mut client: TcpStream,
    server: SocketAddr,
    tls: Option<Arc<ServerConfig>>,
    shared: &Mutex<Shared>,
) -> Result {
    client.set_read_timeout(Some(PATIENCE))?;
    let mut host = String::new();
    if first_byte(&client)? == b'C' {
        // Unbuffered, since a buffer would swallow the beginning of the handshake.
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte)?;
            head.extend(byte);
        }
        let head = String::from_utf8(head)?;
        let named = head.split(' ').nth(1).unwrap_or("");
        named.clone_into(&mut host);
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    }
    match tls {
        Some(config) if first_byte(&client)? == HANDSHAKE => {
            let mut stream = StreamOwned::new(ServerConnection::new(config)?, client);
            pass(&mut stream, host, server, shared)?;
            stream.conn.send_close_notify();
            stream.flush()?;
            Ok(stream.sock.shutdown(Shutdown::Both)?)
        }
        _ => {
            pass(&mut client, host, server, shared)?;
            Ok(client.shutdown(Shutdown::Both)?)
        }
    }
}

fn first_byte(client: &TcpStream) -> Result<u8> {
    let mut first = [0];
    client.peek(&mut first)?;
    Ok(first[0])
}

/// Handles one request, and closes the connection.
fn pass(
    client: &mut (impl Read + Write),
    host: String,
    server: SocketAddr,
    shared: &Mutex<Shared>,
) -> Result {
    let Some(asked) = heard(client, host)? else {
        return Ok(());
    };
    {
        let mut shared = locked(shared);
        shared.under_way += 1;
        shared.traffic.requests += 1;
        shared.traffic.bytes += asked.bytes;
        shared.traffic.at_once = shared.traffic.at_once.max(shared.under_way);
    }
    let answer = answered(asked, server, shared);
    {
        // Before the client has the answer, and begins the next one.
        let mut shared = locked(shared);
        shared.under_way -= 1;
        shared.traffic.bytes += answer.as_ref().map_or(0, Vec::len);
    }
    Ok(client.write_all(&answer?)?)
}

/// The answer to a request: nothing if it is lost.
fn answered(mut asked: Asked, server: SocketAddr, shared: &Mutex<Shared>) -> Result<Vec<u8>> {
    let fault = {
        let mut shared = locked(shared);
        shared.asked.push(asked.clone());
        match &mut shared.rule {
            Some(rule) => rule(&asked),
            None => Fault::None,
        }
    };
    let said = |status: &str, headers: &str, body: &str| {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
    };
    let (mut head, mut more) = (asked.head.clone(), String::new());
    match &fault {
        Fault::Answer(status, headers) => {
            return Ok(said(status, headers, "").into_bytes());
        }
        Fault::Say(status, body) => {
            let is_json = body.starts_with('{');
            let kind = if is_json { "json" } else { "xml" };
            let headers = format!("Content-Type: application/{kind}; charset=utf-8\r\n");
            return Ok(said(status, &headers, body).into_bytes());
        }
        Fault::Cut => return Ok(Vec::new()),
        Fault::Slow(delay) => thread::sleep(*delay),
        Fault::At(path, headers) => {
            path.clone_into(&mut asked.path);
            more.push_str(headers);
        }
        Fault::With(path, headers) => {
            path.clone_into(&mut asked.path);
            head = lines_without(&head, &["authorization:"]);
            more.push_str(headers);
        }
        _ => {}
    }
    locked(shared).passed.push(asked.clone());
    let mut upstream = TcpStream::connect(server)?;
    upstream.set_read_timeout(Some(PATIENCE))?;
    let (method, path) = (&asked.method, &asked.path);
    let first = format!("{method} {path} HTTP/1.1\r\n");
    let head = format!("{first}{head}{more}Connection: close\r\n\r\n");
    upstream.write_all(head.as_bytes())?;
    upstream.write_all(asked.body.as_bytes())?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer)?;
    match fault {
        Fault::Deaf => Ok(Vec::new()),
        Fault::Edit(edit) => {
            let text = String::from_utf8(answer)?;
            let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
            let (head, body) = edit(head, body);
            let (status, headers) = head.split_once("\r\n").unwrap_or((&head, ""));
            let status = status.split_once(' ').map_or("", |(_, status)| status);
            let headers = lines_without(headers, &["content-length:", "connection:"]);
            Ok(said(status, &headers, &body).into_bytes())
        }
        _ => Ok(answer),
    }
}

/// A request, with its header lines without those about the connection.
fn heard(client: &mut impl Read, host: String) -> Result<Option<Asked>> {
    let mut reader = BufReader::new(client);
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let (mut head, mut length, mut authorization) = (String::new(), 0, None);
    let mut bytes = first.len();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        bytes += line.len();
        if line == "\r\n" {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse()?,
            "authorization" => authorization = Some(value.trim().to_owned()),
            "connection" => continue,
            _ => {}
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let asked = Asked {
        method: method.to_owned(),
        path: path.to_owned(),
        host,
        authorization,
        head,
        body: String::from_utf8(body)?,
        bytes: bytes + length,
    };
    Ok(Some(asked))
}

/// The lines of a head with their line ends, without those that begin with one of these.
pub fn lines_without(head: &str, names: &[&str]) -> String {
    let lines = head.lines().filter(|line| {
        let line = line.to_ascii_lowercase();
        !names.iter().any(|name| line.starts_with(name))
    });
    lines.map(|line| format!("{line}\r\n")).collect()
}
