"""Which host names mean this computer."""

import ipaddress


def not_local(names: list[str]) -> list[str]:
    """Return the names that others could reach, wildcards among them."""
    return [name for name in names if not is_local(name)]


def is_local(name: str) -> bool:
    """Whether a name, or an address with or without brackets, is this computer. A private network is others' too."""
    if name in ("localhost", "testserver") or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
