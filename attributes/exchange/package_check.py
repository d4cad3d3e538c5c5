"""Whether an XLSX file can be opened at all: looked at as a package, before any program for spreadsheets reads it."""

import zipfile
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from attributes.exchange.reading import MAX_BYTES, refuse

MAX_PARTS = 500
# Unpacked. Translations of a set of 500 questions have about 5 MB.
MAX_UNPACKED = 40 * 1024 * 1024
MAX_XML_DEPTH = 40
MAX_ELEMENTS = 2_000_000
_ENCRYPTED = 1
# What spreadsheets are packed with. Python unpacks everything else in one go, whatever size was claimed.
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# Parts a list of texts has no use for, by how their names start or end.
_MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "dialogsheets/")
_LINKED = ("externallinks/", "connections.xml", "querytables/")
_EMBEDDED = ("embeddings/", "activex/", "ctrlprops/")


def check_package(data: bytes) -> None:
    """Raise `FileRefused` for what is no XLSX file, is too large unpacked, or holds more than cells."""
    if len(data) > MAX_BYTES:
        raise refuse(_("is larger than %(limit)s MB") % {"limit": MAX_BYTES // (1024 * 1024)})
    if data.startswith(_OLD_EXCEL):
        raise refuse(_("is an old or an encrypted Excel file: save it as .xlsx, without a password"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check_parts(package)
            for part in package.infolist():
                content = _unpacked(package, part)
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(part.filename, content)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise refuse(_("is not an XLSX file, or is damaged")) from error


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        raise refuse(_("has too many parts to be a list of texts"))
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise refuse(_("is larger than %(limit)s MB when unpacked") % {"limit": MAX_UNPACKED // (1024 * 1024)})
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        raise refuse(_("holds the same part twice"))
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise refuse(_("is encrypted: save it without a password"))
    if any(part.compress_type not in _PACKINGS for part in parts):
        raise refuse(_("is packed in a way that spreadsheets are not: save it as .xlsx again"))
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise refuse(_("is not an XLSX file"))
    for marks, reason in (
        (_MACROS, _("contains macros: save it as .xlsx, without macros")),
        (_LINKED, _("contains links to other files: remove them")),
        (_EMBEDDED, _("contains embedded objects: remove them")),
    ):
        if any(mark in name for name in names for mark in marks):
            raise refuse(reason)


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part, if it is as large as it claims to be.

    `read` of the whole part, which is what programs for spreadsheets call, unpacks everything there is before it
    keeps the claimed size. So one more byte than that is asked for here, where it is seen.
    """
    claimed = part.file_size
    part.file_size += 1
    with package.open(part) as stream:
        content = stream.read(claimed + 1)
    if len(content) != claimed:
        raise refuse(_("is not an XLSX file, or is damaged"))
    return content


class _Look(ContentHandler):
    """Counts how deep elements stand, and remembers cells that were merged."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.elements = 0
        self.merged: list[str] = []

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 - the name is given
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_XML_DEPTH or self.elements > MAX_ELEMENTS:
            raise SAXException("too deep or too much")
        if name.rpartition(":")[2] == "mergeCell" and len(self.merged) < 10:
            self.merged.append(attrs.get("ref", "") if hasattr(attrs, "get") else "")

    def endElement(self, name: str) -> None:  # noqa: N802 - the name is given
        self.depth -= 1


def _check_xml(name: str, content: bytes) -> None:
    look = _Look()
    try:
        defusedxml.sax.parseString(content, look, forbid_dtd=True)
    except DefusedXmlException as error:
        raise refuse(_("contains a document type definition or entities"), name) from error
    except (SAXException, ValueError, LookupError) as error:
        raise refuse(_("is damaged: this part cannot be read"), name) from error
    if look.merged:
        raise refuse(_("has merged cells (%(cells)s): separate them") % {"cells": ", ".join(look.merged)}, name)
