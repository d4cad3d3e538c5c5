"""Which files may be given as evidence, told by their content; the name only has to agree."""

import zipfile
from typing import IO, Any

SNIFFED = 8192
# A mimetype entry is short; whatever is longer is not one, and is not unpacked.
MIMETYPE_LIMIT = 200

CONTENT_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain",
    "csv": "text/csv",
    "md": "text/markdown",
}
MAGIC: dict[str, bytes] = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
}
OFFICE_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
TEXT = frozenset({"txt", "csv", "md"})
SHOWN_TYPES = "PDF, PNG, JPG, DOCX, XLSX, ODT, ODS, TXT, CSV, MD"


def extension_of(name: str) -> str:
    """The extension of a file name, in lower case, without its dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def content_type_of(name: str, file: IO[Any]) -> str | None:
    """Return the content type if the content is what the name says and is allowed, else None."""
    extension = extension_of(name)
    return CONTENT_TYPES[extension] if extension in CONTENT_TYPES and _fits(extension, file) else None


def _fits(extension: str, file: IO[Any]) -> bool:
    file.seek(0)
    start: bytes = file.read(SNIFFED)
    file.seek(0)
    if extension in MAGIC:
        return start.startswith(MAGIC[extension])
    if extension in TEXT:
        return _is_text(start)
    try:
        return start.startswith(b"PK\x03\x04") and _is_office(extension, file)
    finally:
        file.seek(0)


def _is_text(start: bytes) -> bool:
    """Text in some encoding: no control characters besides those of text, and not another type in disguise."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True  # UTF-16, as spreadsheets export it
    controls = set(range(32)) - {7, 8, 9, 10, 12, 13, 27}
    return not controls.intersection(start) and not start.startswith((b"%PDF-", b"PK\x03\x04"))


def _is_office(extension: str, file: IO[Any]) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            if extension in OFFICE_MAIN_PART:
                return OFFICE_MAIN_PART[extension] in archive.namelist()
            entry = archive.getinfo("mimetype")
            expected = CONTENT_TYPES[extension].encode()
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                return False  # unpacked in one go, whatever is asked for
            with archive.open(entry) as stream:
                # No more: what claims to be small need not be.
                return stream.read(MIMETYPE_LIMIT) == expected
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, ValueError):
        return False
