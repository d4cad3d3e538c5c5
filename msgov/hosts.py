"""Which host names mean this computer or its private network."""

import ipaddress


def not_local(names: list[str]) -> list[str]:
    """Return the names that others could reach from outside, wildcards among them."""
    return [name for name in names if not is_local(name)]


def is_local(name: str) -> bool:
    """Whether a name, or an address with or without brackets, is this computer or a private network."""
    if name in ("localhost", "testserver") or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return address.is_loopback or address.is_private
