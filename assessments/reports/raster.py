"""From a PDF of our own to a picture of dots. It runs in the child that drew the PDF, within its limits."""

from io import BytesIO
from typing import Any

SCALE = 2.5  # dots per point: 180 to the inch
ROOM = 12  # points of white around what is drawn
WHITE = (255, 255, 255)


def png_of(pdf: bytes) -> bytes:
    """Return the pages below one another as one PNG, without the paper that nothing stands on."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    drawn = [_cropped(page.render(scale=SCALE).to_pil().convert("RGB")) for page in document]
    document.close()
    whole = Image.new("RGB", (max(page.width for page in drawn), sum(page.height for page in drawn)), WHITE)
    top = 0
    for page in drawn:
        whole.paste(page, (0, top))
        top += page.height
    out = BytesIO()
    whole.save(out, "PNG", optimize=True)
    return out.getvalue()


def _cropped(page: Any) -> Any:
    """The page down to the last line on it."""
    from PIL import Image, ImageChops

    box = ImageChops.difference(page, Image.new("RGB", page.size, WHITE)).getbbox()
    bottom = min(page.height, (box[3] if box else 0) + round(ROOM * SCALE))
    return page.crop((0, 0, page.width, bottom))
