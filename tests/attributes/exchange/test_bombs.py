"""Packages that are small on the way and large unpacked, whatever they claim."""

import struct
import zipfile
from io import BytesIO

import pytest

from assessments.answering.file_types import content_type_of
from attributes.exchange.package_check import check_package
from attributes.exchange.reading import FileRefused
from tests.attributes.exchange.workbooks import sheet_of

CENTRAL_HEADER = b"PK\x01\x02"
SIZE_IN_HEADER = 24


def with_part(packing: int, content: bytes, claimed: int) -> bytes:
    """A spreadsheet with one more part, of which the list of parts says that it has `claimed` bytes."""
    file = BytesIO(sheet_of(("key", "source en", "fr")))
    with zipfile.ZipFile(file, "a", packing) as package:
        package.writestr("docProps/note.bin", content)
    data = bytearray(file.getvalue())
    struct.pack_into("<I", data, data.rfind(CENTRAL_HEADER) + SIZE_IN_HEADER, claimed)
    return bytes(data)


def test_part_that_is_as_large_as_it_claims_is_taken() -> None:
    check_package(with_part(zipfile.ZIP_DEFLATED, b"x" * 5000, 5000))


@pytest.mark.parametrize("claimed", [0, 10, 4999, 5001])
def test_part_that_is_larger_or_smaller_than_it_claims_is_refused(claimed: int) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        check_package(with_part(zipfile.ZIP_DEFLATED, b"x" * 5000, claimed))


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_cannot_be_stopped_is_refused(packing: int) -> None:
    with pytest.raises(FileRefused, match="packed in a way"):
        check_package(with_part(packing, b"x" * 5000, 5000))


@pytest.mark.parametrize(("packing", "expected"), [(zipfile.ZIP_DEFLATED, True), (zipfile.ZIP_BZIP2, False)])
def test_evidence_whose_type_cannot_be_read_in_part_is_no_document(packing: int, expected: bool) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", packing) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert (content_type_of("a.odt", file) is not None) is expected
