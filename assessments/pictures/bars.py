"""Bars of parts: how much is known, and how many there are of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from assessments.pictures import shapes
from assessments.pictures.shapes import number
from attributes.memory import gettext as _

WIDTH = 300
HEIGHT = 14


@dataclass(frozen=True)
class KnownBar:
    """How many answers are shown, claimed and not shown, and not known; for `assessments/pictures/_known.html`."""

    shown: int
    claimed: int
    unknown: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.shown + self.claimed + self.unknown

    @property
    def sentence(self) -> str:
        """Say what the bar shows."""
        return ngettext(
            "Of %(total)s answer %(shown)s is shown, %(claimed)s claimed and not shown, %(unknown)s not known.",
            "Of %(total)s answers %(shown)s are shown, %(claimed)s claimed and not shown, %(unknown)s not known.",
            self.total,
        ) % {"total": self.total, "shown": self.shown, "claimed": self.claimed, "unknown": self.unknown}

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """Each part: its class, what it is called, and how many there are."""
        return [
            ("known-shown", _("shown"), self.shown),
            ("known-claimed", _("claimed, not shown"), self.claimed),
            ("known-unknown", _("not known"), self.unknown),
        ]


def known_bar(shown: int, claimed: int, unknown: int, *, rtl: bool = False) -> SafeString:
    """Return a bar of three parts: dark what is shown, light what is only claimed, dashed what is not known."""
    bar = KnownBar(shown, claimed, unknown)
    unit = WIDTH / bar.total if bar.total else 0
    parts, begin = [], 0.0
    for name, fill, count in (("pic-shown", shapes.INK, shown), ("pic-range", shapes.LIGHT, claimed)):
        length = count * unit
        if count:
            x = WIDTH - begin - length if rtl else begin
            parts.append(
                f'<rect class="{name}" x="{number(x)}" y="0" width="{number(length)}" height="{HEIGHT}" fill="{fill}"/>'
            )
        begin += length
    if unknown or not bar.total:
        x, length = (0.5 if rtl else begin + 0.5), WIDTH - begin - 1
        parts.append(
            f'<rect class="pic-withheld" x="{number(x)}" y="0.5" width="{number(length)}" height="{HEIGHT - 1}" '
            f'fill="{shapes.PAPER}" stroke="{shapes.GREY}" stroke-dasharray="2 2"/>'
        )
    return shapes.picture(bar.sentence, WIDTH, HEIGHT, parts, "picture-known", stretched=True)


def parts_bar(counts: Sequence[int], total: int, *, width: int = 224, rtl: bool = False) -> SafeString:
    """Return a bar of `total` units with the parts `counts`, darker from part to part; what remains is outlined.

    It is hidden from those who do not see it: the figures stand beside it.
    """
    unit = (width - 1) / total if total else 0
    tones = max(len(counts) - 1, 1)
    parts, begin = [], 0.0
    for index, count in enumerate(counts):
        length = count * unit
        left = width - 0.5 - begin - length if rtl else begin + 0.5
        if count:
            # The lowest part is as light as a fill can be that still stands out from paper.
            opacity = number(0.25 + 0.75 * index / tones)
            parts.append((number(left), number(length), shapes.INK, opacity))
        begin += length
    return format_html(
        '<svg class="parts" aria-hidden="true" viewBox="0 0 {} 12" width="{}" height="12">'
        '<rect class="pic-frame" x="0.5" y="0.5" width="{}" height="11" fill="none" stroke="{}"/>{}</svg>',
        width,
        width,
        width - 1,
        shapes.LINE,
        format_html_join(
            "", '<rect class="pic-part" x="{}" y="1" width="{}" height="10" fill="{}" fill-opacity="{}"/>', parts
        ),
    )
