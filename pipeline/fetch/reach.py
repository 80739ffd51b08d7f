"""Which IP addresses may be spoken to: those of the public internet alone.

The rule is the registries': IANA's special-purpose addresses (RFC 6890) by `ipaddress`, and of IPv6 only
2000::/3, the one block that is given out for global unicast. That leaves out every form in which IPv6 wraps
an IPv4 address but those within the block, which are listed with what `ipaddress` takes for public.
"""

from __future__ import annotations

import ipaddress
from typing import Final

_GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")  # RFC 4291 §2.4
_REFUSED: Final = {
    ipaddress.ip_network(block): reason
    for block, reason in (
        ("2002::/16", "6to4"),  # RFC 3056: wraps an IPv4 address
        ("2001::/32", "Teredo"),  # RFC 4380: wraps two
        ("3fff::/20", "documentation"),  # RFC 9637
        ("192.0.0.0/24", "reserved"),  # RFC 6890; Python before 3.11.10 takes most of it for public
        ("192.88.99.0/24", "6to4 relay"),  # RFC 7526
        ("168.63.129.16/32", "cloud metadata"),  # the virtual public address of Azure's host
    )
}


def refusal(text: str) -> str | None:
    """What kind of address `text` is if it may not be spoken to, else None. Raises ValueError."""
    address = ipaddress.ip_address(text)
    for block, reason in _REFUSED.items():
        if address.version == block.version and address in block:
            return reason
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_UNICAST:
        return _kind(address.ipv4_mapped or address)
    return None if address.is_global and not address.is_multicast else _kind(address)


def _kind(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    for kind in ("unspecified", "loopback", "link_local", "multicast", "private"):
        if getattr(address, f"is_{kind}"):
            return kind.replace("_", "-")
    return "reserved"
