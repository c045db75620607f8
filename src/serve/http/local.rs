//! How others reach the server: addresses in the local network, the code for phones, the browser.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// The addresses by which a server bound to `bind` is reached, as URLs; this computer's own first.
/// A server bound to all addresses also has those by which this computer takes part in networks.
pub(super) fn urls(bound: SocketAddr) -> Vec<String> {
    let mut ips = vec![match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::from(Ipv6Addr::LOCALHOST),
        ip => ip,
    }];
    if bound.ip().is_unspecified() {
        // Addresses for documentation (RFC 5737, 3849) lead through the default route, the others to
        // private networks that may have a route of their own.
        let far = [
            IpAddr::from([192, 0, 2, 1]),
            IpAddr::from([192, 168, 255, 254]),
            IpAddr::from([172, 31, 255, 254]),
            IpAddr::from([10, 255, 255, 254]),
            IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]),
        ];
        let family = |ip: &IpAddr| bound.is_ipv6() || ip.is_ipv4();
        for ip in far.into_iter().filter(family).filter_map(source_address) {
            if !ips.contains(&ip) {
                ips.push(ip);
            }
        }
    }
    ips.into_iter().map(|ip| format!("http://{}/", SocketAddr::new(ip, bound.port()))).collect()
}

/// The address of this computer that packets to another would carry. Nothing is sent: connecting a
/// UDP socket only looks up the route.
fn source_address(to: IpAddr) -> Option<IpAddr> {
    let any: IpAddr = if to.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect((to, 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then_some(ip)
}

/// The QR code of an address in half blocks, with its quiet zone, for terminals with light text on a
/// dark ground; `None` where the address is too long for one.
#[must_use]
pub fn qr(url: &str) -> Option<String> {
    let code = QrCode::new(url).ok()?;
    // What is light in the code is drawn, since terminals draw in a light colour.
    Some(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).quiet_zone(true).build())
}

/// Opens an address in the writer's browser. It waits a quarter of a second at most, to see whether
/// that fails.
///
/// # Errors
/// Where no browser could be started.
pub fn open_browser(url: &str) -> io::Result<()> {
    open::that_detached(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_one_address() {
        assert_eq!(urls("127.0.0.1:10010".parse().unwrap()), ["http://127.0.0.1:10010/"]);
        assert_eq!(urls("[::1]:80".parse().unwrap()), ["http://[::1]:80/"]);
        assert_eq!(urls("192.0.2.9:1".parse().unwrap()), ["http://192.0.2.9:1/"]);
    }

    #[test]
    fn urls_of_all_addresses_name_none_that_does_not_lead_here() {
        let all = urls("0.0.0.0:10010".parse().unwrap());
        assert_eq!(all[0], "http://127.0.0.1:10010/");
        assert!(all[1..].iter().all(|url| !url.contains("0.0.0.0") && !url.contains("127.")), "{all:?}");
    }

    #[test]
    fn the_code_is_square_with_a_quiet_zone() {
        let code = qr("http://192.168.1.7:10010/").unwrap();
        let lines: Vec<&str> = code.lines().collect();
        // Version 2 has 25 modules, and four on each side are quiet; two stand above each other.
        assert_eq!((lines.len(), lines[0].chars().count()), (17, 33));
        assert!(lines[0].chars().all(|c| c == '█') && lines[..16].iter().all(|line| line.starts_with("████")));
        assert_eq!(qr(&"x".repeat(4000)), None);
    }
}
