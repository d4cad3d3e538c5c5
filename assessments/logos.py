"""Logos and colours of papers: what is taken, and why what is not taken is not."""

import io
import re
from fractions import Fraction
from typing import IO, Any

from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.scoring import one_decimal

LARGEST_FILE = 1024 * 1024  # bytes
MOST_PIXELS = 16_000_000
SIZE = (600, 200)  # pixels, on 45 mm of paper
LARGEST_LOGO = 150 * 1024
FORMATS = ("PNG", "JPEG")
LEAST_CONTRAST = Fraction(9, 2)
COLOUR = re.compile(r"#[0-9a-f]{6}")


def logo_of(upload: IO[bytes], size: int) -> bytes:
    """Return the picture as a small PNG that was made here. Raises NotAllowed with the reason where it cannot be."""
    from PIL import Image, UnidentifiedImageError

    if size > LARGEST_FILE:
        raise NotAllowed(_("The logo is larger than 1 MB. Choose a smaller picture."))
    try:
        picture = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise NotAllowed(_("The logo has more than 16 million pixels. Choose a smaller picture."))
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotAllowed(_("This is no PNG or JPEG that can be read. Drawings (SVG) are not taken.")) from error
    made = picture.convert("RGBA")
    made.thumbnail(SIZE)
    content = _png(made)
    if len(content) > LARGEST_LOGO:
        content = _png(made.quantize(64))
    return content


def contrast_with_white(colour: str) -> Fraction:
    """The contrast of a colour with white, as WCAG computes it: of text in it on paper, and of white text on it."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return Fraction(1.05 / (light + 0.05)).limit_denominator(1000)


def check_colour(colour: str) -> None:
    """Raise NotAllowed, with the reason, for a colour in which headings could not be read."""
    if not COLOUR.fullmatch(colour):
        raise NotAllowed(_("Give the colour as # and six digits or letters a to f, like #12355b."))
    contrast = contrast_with_white(colour)
    if contrast < LEAST_CONTRAST:
        raise NotAllowed(
            _(
                "This colour is too light: its contrast with white paper, and of white text on it, is %(found)s to 1. "
                "At least 4.5 to 1 is needed to read it. Choose a darker one."
            )
            % {"found": one_decimal(contrast)}
        )


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _png(picture: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()
