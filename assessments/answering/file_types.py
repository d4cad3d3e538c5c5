"""Which files may be given as evidence, told by their content; the name only has to agree."""

import re
import zipfile
from typing import IO, Any

SNIFFED = 8192
# A mimetype entry is short; whatever is longer is not one, and is not unpacked.
MIMETYPE_LIMIT = 200
# The list of parts of an office document takes some kilobytes.
PARTS_LIMIT = 256 * 1024
# Readers of PDF look for its beginning in the first kilobyte: mail programs and scanners put something before it.
PDF_WITHIN = 1024

CONTENT_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jfif": "image/jpeg",
    "heic": "image/heic",
    "heif": "image/heic",
    "webp": "image/webp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "txt": "text/plain",
    "csv": "text/csv",
    "md": "text/markdown",
}
SHOWN_TYPES = "PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, PNG, JPG, HEIC, WEBP, TIF, EML, MSG, TXT, CSV, MD"
SAME_AS = {"jpeg": "jpg", "jfif": "jpg", "heif": "heic", "tiff": "tif"}
TEXT = frozenset({"txt", "csv", "md"})

MAGIC: dict[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "tif": (b"II*\x00", b"MM\x00*"),
}
# The brands by which pictures of telephones name themselves, as still pictures and as sequences.
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MESSAGE_PROPERTIES = "__properties_version1.0".encode("utf-16-le")
# What the main part of a document is said to be; where it lies and how it is called is up to the program.
OFFICE_MAIN = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
}
OPEN_DOCUMENTS = {CONTENT_TYPES[kind].encode(): kind for kind in ("odt", "ods", "odp")}
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\s[^<>]*>")
_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*["']([^"'<>]*)["']""")
_HEADER = re.compile(rb"[!-9;-~]+:")
MAIL_HEADERS = frozenset({b"from", b"date", b"received", b"message-id", b"return-path", b"mime-version", b"subject"})


def extension_of(name: str) -> str:
    """The extension of a file name, in lower case, without its dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def content_type_of(name: str, file: IO[Any]) -> str | None:
    """Return the content type if the content is what the name says and is allowed, else None."""
    extension = extension_of(name)
    if extension not in CONTENT_TYPES:
        return None
    fits = _is_text(_start(file)) if extension in TEXT else kind_of(file) == SAME_AS.get(extension, extension)
    return CONTENT_TYPES[extension] if fits else None


def kind_of(file: IO[Any]) -> str:
    """Return what a file is by its content, by the extension it should have; "" if it is nothing that is taken."""
    start = _start(file)
    for kind, beginnings in MAGIC.items():
        if start.startswith(beginnings):
            return kind
    if start[4:8] == b"ftyp":
        return "heic" if start[8:12] in HEIC_BRANDS else ""
    if start.startswith(b"RIFF"):
        return "webp" if start[8:12] == b"WEBP" else ""
    if start.startswith(b"PK\x03\x04"):
        return _office_kind(file)
    if start.startswith(COMPOUND_FILE):
        return "msg" if _is_outlook_message(file) else ""
    # Nothing that could be markup may stand before the beginning: some program might take the file for a page.
    before, found, _rest = start[: PDF_WITHIN + 5].partition(b"%PDF-")
    if found and b"<" not in before:
        return "pdf"
    if _is_text(start):
        return "eml" if _is_mail(start) else "txt"
    return ""


def _start(file: IO[Any]) -> bytes:
    file.seek(0)
    start: bytes = file.read(SNIFFED)
    file.seek(0)
    return start


def _is_text(start: bytes) -> bool:
    """Text in some encoding: no control characters besides those of text, and not another type in disguise."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True  # UTF-16, as spreadsheets export it
    controls = set(range(32)) - {7, 8, 9, 10, 12, 13, 27}
    return not controls.intersection(start) and not start.startswith((b"%PDF-", b"PK\x03\x04"))


def _is_mail(start: bytes) -> bool:
    """Whether it begins with the header of a mail: lines with names, of which some are always there."""
    head = re.split(rb"\r?\n\r?\n", start.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), maxsplit=1)[0]
    lines = [line for line in head.splitlines() if line[:1] not in (b" ", b"\t")]
    if lines and lines[0].startswith(b"From "):
        del lines[0]  # as mail boxes of Unix separate mails
    whole = lines if len(start) < SNIFFED or len(head) < len(start) - 4 else lines[:-1]
    names = {line.partition(b":")[0].lower() for line in whole}
    return bool(whole) and all(map(_HEADER.match, whole)) and len(names & MAIL_HEADERS) > 1


def _is_outlook_message(file: IO[Any]) -> bool:
    """Whether a compound file is a mail. Old office documents, which may hold macros, are such files as well."""
    try:
        return MESSAGE_PROPERTIES in file.read()
    finally:
        file.seek(0)


def _office_kind(file: IO[Any]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return _main_part(_beginning(archive, "[Content_Types].xml", PARTS_LIMIT), names)
            return OPEN_DOCUMENTS.get(_beginning(archive, "mimetype", MIMETYPE_LIMIT), "")
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, ValueError):
        return ""
    finally:
        file.seek(0)


def _beginning(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    entry = archive.getinfo(name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""  # unpacked in one go, whatever is asked for
    with archive.open(entry) as stream:
        # No more: what claims to be small need not be.
        return stream.read(limit)


def _main_part(parts: bytes, names: set[str]) -> str:
    """The kind of an office document whose list of parts names a main one that is there."""
    for tag in _OVERRIDE.findall(parts):
        found = dict(_ATTRIBUTE.findall(tag))
        kind = OFFICE_MAIN.get(found.get(b"ContentType", b""))
        if kind and found.get(b"PartName", b"").decode("ascii", "replace").removeprefix("/") in names:
            return kind
    return ""
