//! Calls to other computers in a trace of system calls. The test of the window uses it too.

/// The calls in a trace that go to an address of the Internet, this computer's own included.
///
/// Sockets with a path (X11, D-Bus, the processes of the window) and the kernel's netlink have
/// addresses of other kinds.
pub fn calls_out(trace: &str) -> Vec<&str> {
    let is_out = |line: &&str| {
        ["connect(", "sendto(", "sendmsg(", "sendmmsg("]
            .iter()
            .any(|call| line.contains(call))
            && line.contains("sa_family=AF_INET")
    };
    trace.lines().filter(is_out).collect()
}
