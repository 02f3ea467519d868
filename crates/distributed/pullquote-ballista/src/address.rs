//! Addresses: of a scheduler that is called, of a port that is listened on.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpStream;

use crate::error::Error;

/// The port of a scheduler when none is said; Ballista's.
const PORT: u16 = 50050;

/// A scheduler that does not take a connection for so long is away.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes an address of HOST, HOST:PORT or an address.
pub(crate) fn scheduler(scheduler: &str) -> String {
    let bare = scheduler.split_once("://").map_or(scheduler, |(_, rest)| rest);
    let bare = bare.trim_end_matches('/');
    // An IPv6 address has colons of its own: [::1]:50050.
    let port = bare.rsplit_once(':').is_some_and(|(host, port)| {
        port.parse::<u16>().is_ok() && (!host.contains(':') || host.ends_with(']'))
    });
    if port { format!("df://{bare}") } else { format!("df://{bare}:{PORT}") }
}

/// Reads what `--bind-host` and a port name: an address of either kind, one with colons in brackets or bare.
pub(crate) fn listen(host: &str, port: u16) -> Result<SocketAddr, Error> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let ip: IpAddr = bare.parse().map_err(|source| Error::Address { address: host.to_owned(), source })?;
    Ok(SocketAddr::new(ip, port))
}

/// Tells why a scheduler cannot be reached; `None` where it can.
pub(crate) async fn unreachable(named: &str) -> Option<String> {
    let address = scheduler(named);
    let address = address.trim_start_matches("df://");
    match tokio::time::timeout(PATIENCE, TcpStream::connect(address)).await {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some(format!("no answer in {} s", PATIENCE.as_secs())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheduler_is_named_in_many_ways() {
        for (named, want) in [
            ("ant", "df://ant:50050"),
            ("ant:60000", "df://ant:60000"),
            ("df://ant:60000/", "df://ant:60000"),
            ("http://10.0.0.1", "df://10.0.0.1:50050"),
            ("[::1]", "df://[::1]:50050"),
            ("[::1]:60000", "df://[::1]:60000"),
        ] {
            assert_eq!(scheduler(named), want);
        }
    }

    #[test]
    fn both_kinds_of_address_are_listened_on() {
        for (host, want) in [
            ("127.0.0.1", "127.0.0.1:50050"),
            ("0.0.0.0", "0.0.0.0:50050"),
            ("::1", "[::1]:50050"),
            ("[::]", "[::]:50050"),
        ] {
            assert_eq!(listen(host, 50050).unwrap().to_string(), want);
        }
        let told = listen("ant", 50050).unwrap_err().to_string();
        assert!(told.contains("`ant`") && told.contains("0.0.0.0"), "{told}");
    }

    #[tokio::test]
    async fn a_scheduler_that_is_away_is_told_from_one_that_listens() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let named = listener.local_addr().unwrap().to_string();
        assert_eq!(unreachable(&named).await, None);
        drop(listener);
        assert!(unreachable(&named).await.is_some());
    }
}
