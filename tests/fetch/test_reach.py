from __future__ import annotations

import pytest

from pipeline.fetch.reach import refusal


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.8.8.8", "loopback"),
        ("0.0.0.0", "unspecified"),  # noqa: S104 refused, not bound
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("169.254.169.254", "link-local"),  # metadata of most clouds
        ("168.63.129.16", "cloud metadata"),
        ("100.100.100.200", "reserved"),  # CGNAT, and metadata of one cloud
        ("192.0.0.192", "reserved"),  # metadata of one cloud
        ("192.88.99.1", "6to4 relay"),
        ("198.18.0.1", "private"),
        ("203.0.113.9", "private"),
        ("224.0.0.1", "multicast"),
        ("240.0.0.1", "private"),
        ("255.255.255.255", "private"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::7f00:1", "reserved"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:93.184.215.14", "reserved"),
        ("::ffff:0:127.0.0.1", "reserved"),
        ("64:ff9b::7f00:1", "reserved"),
        ("64:ff9b:1::7f00:1", "reserved"),
        ("2002:7f00:1::", "6to4"),
        ("2001:0:7f00:1::", "Teredo"),
        ("2001:db8::1", "private"),
        ("3fff::1", "documentation"),
        ("100::1", "private"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "private"),
        ("fe80::1", "link-local"),
        ("fec0::1", "reserved"),
        ("ff02::1", "multicast"),
    ],
)
def test_only_the_public_internet_is_spoken_to(address, kind):
    found = refusal(address)
    assert found in {kind, "private", "reserved"}
    assert found == kind or kind in {"private", "reserved"}  # versions of Python name some blocks differently


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f::1", "2a00:1450:4001::1"])
def test_public_addresses_are_spoken_to(address):
    assert refusal(address) is None
