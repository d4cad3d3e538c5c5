"""QR codes as SVG paths: drawn inline, since the pages load nothing from elsewhere and keep no file."""

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Card:
    """A link to print. `path` draws its code in a square of `size` units, the quiet zone included; "" without.

    `typed` is the code that can be typed instead of the address.
    """

    number: int
    address: str
    path: str = ""
    size: int = 0
    typed: str = ""


def card_of(number: int, address: str, *, with_code: bool = True, typed: str = "") -> Card:
    """Return the card of a link."""
    if not with_code:
        return Card(number, address, typed=typed)
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    # Level M survives a fold or a stain: 15 % of the code may be unreadable.
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(address)
    code.make(fit=True)
    matrix = code.get_matrix()
    return Card(number, address, "".join(_row(y, row) for y, row in enumerate(matrix)), len(matrix), typed)


def _row(y: int, row: list[bool]) -> str:
    """The dark modules of a row, each run of them as one rectangle."""
    parts, x = [], 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            parts.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return "".join(parts)
