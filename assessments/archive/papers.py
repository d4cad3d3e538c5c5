"""What stands on papers beside a result, in an archive: how they look, what a board is asked, what was planned."""

import base64
import binascii
import io

from assessments.archive.acted import action_entries, decision_entry, store_actions, store_decision
from assessments.archive.reading import ArchiveError
from assessments.archive.schema import BrandEntry
from assessments.archive.schema_acted import AnnualEntry, BoardEntry
from assessments.exceptions import NotAllowed
from assessments.logos import check_colour, logo_of
from assessments.models import Action, AnnualPage, Assessment, BoardPaper, Brand, Process


def brand_entry(process: Process) -> BrandEntry | None:
    """Return how the papers of a process look, or None. One query."""
    brand = Brand.objects.filter(process=process).first()
    if brand is None or not (brand.name or brand.colour or brand.logo):
        return None
    return BrandEntry(name=brand.name, colour=brand.colour, logo=base64.b64encode(bytes(brand.logo)).decode("ascii"))


def board_entry(assessment: Assessment) -> BoardEntry | None:
    """Return what was written for those who decide, what they decided and what is done, or None. Up to six queries."""
    paper = BoardPaper.objects.filter(assessment=assessment).first()
    actions, decided, annual = action_entries(assessment), decision_entry(assessment), _annual_entry(assessment)
    if paper is None and not actions and decided is None and annual is None:
        return None
    paper = paper or BoardPaper()
    return BoardEntry(
        decision=paper.decision,
        made_by=paper.made_by,
        checked_by=paper.checked_by,
        commissioned_by=paper.commissioned_by,
        interests=paper.interests,
        decided=decided,
        actions=actions,
        annual=annual,
    )


def _annual_entry(assessment: Assessment) -> AnnualEntry | None:
    """Return what was chosen for the annual page. A quoted comment is chosen anew: comments are in no archive."""
    page = AnnualPage.objects.filter(assessment=assessment).first()
    if page is None:
        return None
    codes = list(Action.objects.filter(assessment=assessment).values_list("code", flat=True))
    left_out = [place for place, code in enumerate(codes) if code in page.left_out]
    return AnnualEntry(title=page.title, year=page.year, foreword=page.foreword, left_out=left_out)


def store_brand(entry: BrandEntry, process: Process) -> None:
    """Store how papers look, by the same rules as on the page. Raises ArchiveError with what does not fit."""
    try:
        if entry.colour:
            check_colour(entry.colour)
    except NotAllowed as refusal:
        raise ArchiveError([f"$.process.brand.colour: {refusal.message}"]) from refusal
    Brand.objects.create(process=process, name=entry.name, colour=entry.colour, logo=_logo(entry.logo))


def store_board(entry: BoardEntry, assessment: Assessment) -> None:
    """Store what was written for those who decide, what they decided, and the actions."""
    BoardPaper.objects.create(assessment=assessment, **entry.model_dump(exclude={"actions", "annual", "decided"}))
    store_actions(entry.actions, assessment)
    if entry.annual is not None:
        _store_annual(entry.annual, assessment)
    if entry.decided is not None:
        store_decision(entry.decided, assessment)


def _store_annual(entry: AnnualEntry, assessment: Assessment) -> None:
    codes = list(Action.objects.filter(assessment=assessment).values_list("code", flat=True))
    AnnualPage.objects.create(
        assessment=assessment, **entry.model_dump(exclude={"left_out"}), left_out=[codes[n] for n in entry.left_out]
    )


def _logo(encoded: str) -> bytes:
    """The bytes of a logo that is a picture we would have made: it comes from a file that anybody may have written."""
    if not encoded:
        return b""
    try:
        content = base64.b64decode(encoded, validate=True)
        # A logo that was made here is made to the same bytes again: exporting again gives the same file.
        return logo_of(io.BytesIO(content), len(content))
    except (binascii.Error, NotAllowed) as error:
        raise ArchiveError(["$.process.brand.logo: is no PNG that can be read"]) from error
