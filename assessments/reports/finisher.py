"""What WeasyPrint leaves undone in a tagged PDF, done just before the file is written.

- Running heads and page numbers are written as content of the document: they become artifacts, which are not read out.
- Header cells do not say what they head: in a table's head a column, elsewhere a row. Where a small table would have
  more headings than data, its rows have none; a row of one cell heads no other.
- Elements without content stay in the tree.
- Annotations lack the flag that lets them be printed.
- Files that lie in the PDF are listed twice, and all of them are compressed.
- It is PDF/A-3 with tags, and does not say that it is PDF/UA-1 as well.
"""

from collections.abc import Collection, Iterator
from typing import Any

PRINT = 4

# That it is PDF/UA-1, in words that PDF/A-3 allows: a name it does not know itself has to be described.
IS_ACCESSIBLE = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file follows</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
END_OF_METADATA = b"</rdf:RDF>"


def finish(document: Any, pdf: Any, *, as_they_are: Collection[str] = ()) -> None:
    """Complete what WeasyPrint has written to a `pydyf.PDF`. The files `as_they_are` are not compressed."""
    _say_accessible(pdf)
    _list_files_once(pdf)
    _leave_as_they_are(pdf, as_they_are)
    _finish_tags(pdf)


def _say_accessible(pdf: Any) -> None:
    (metadata,) = [obj for obj in pdf.objects if obj.reference == pdf.catalog["Metadata"]]
    (content,) = metadata.stream
    before, end, after = content.rpartition(END_OF_METADATA)
    metadata.stream = [before + IS_ACCESSIBLE + end + after]
    metadata.compress = False  # whoever keeps files for long finds it without a reader of PDFs


def _list_files_once(pdf: Any) -> None:
    if "AF" in pdf.catalog:
        once = list(dict.fromkeys(pdf.catalog["AF"]))
        pdf.catalog["AF"][:] = once


def _leave_as_they_are(pdf: Any, names: Collection[str]) -> None:
    """Write these files as they are. Without the mark of their content: it will be another when the file is sealed."""
    by_reference = {obj.reference: obj for obj in pdf.objects}
    for obj in pdf.objects:
        if isinstance(obj, dict) and obj.get("Type") == "/Filespec" and obj["UF"].string in names:
            file = by_reference[obj["EF"]["F"]]
            file.compress = False
            del file.extra["Params"]["CheckSum"]


def _finish_tags(pdf: Any) -> None:
    root_reference = pdf.catalog.get("StructTreeRoot")
    if root_reference is None:
        return
    by_reference = {obj.reference: obj for obj in pdf.objects}
    root = by_reference[root_reference]
    linked = _linked(root, by_reference)
    _leave_out_empty(linked, by_reference)
    _scope_headers(linked.values(), by_reference)
    for element in list(linked.values()):
        if element["S"] == "/Table":
            _head_rows_sparingly(element, by_reference)
    _turn_margins_into_artifacts(pdf, by_reference, root, linked)
    for obj in pdf.objects:
        if isinstance(obj, dict) and obj.get("Type") == "/Annot":
            obj["F"] = PRINT


def _linked(root: Any, by_reference: dict[bytes, Any]) -> dict[bytes, Any]:
    """Return the structure elements that can be reached from the root."""
    found: dict[bytes, Any] = {}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for kid in element.get("K", []):
            child = by_reference.get(kid) if isinstance(kid, bytes) else None
            if child is not None and child.get("Type") == "/StructElem" and kid not in found:
                found[kid] = child
                waiting.append(child)
    return found


def _scope_headers(elements: Any, by_reference: dict[bytes, Any]) -> None:
    for element in elements:
        if element["S"] != "/TH":
            continue
        ancestor = by_reference.get(element["P"])
        while ancestor is not None and ancestor.get("S") not in ("/THead", "/TBody", "/Table"):
            ancestor = by_reference.get(ancestor["P"])
        head = ancestor is not None and ancestor["S"] == "/THead"
        element["A"]["Scope"] = "/Column" if head else "/Row"


def _leave_out_empty(linked: dict[bytes, Any], by_reference: dict[bytes, Any]) -> None:
    """Take out what a program that reads aloud would stop at without finding anything: spans that only look."""
    for reference, element in list(linked.items()):
        if element["S"] == "/Span" and not element.get("K") and "Alt" not in element:
            by_reference[element["P"]]["K"].remove(reference)
            del linked[reference]


def _head_rows_sparingly(table: Any, by_reference: dict[bytes, Any]) -> None:
    """Make data of the headings of rows that are read out before too little, and of rows of one cell."""
    rows = list(_below(table, "/TR", by_reference))
    cells = [[by_reference[kid] for kid in row["K"] if isinstance(kid, bytes)] for row in rows]
    names = [cell["S"] for row in cells for cell in row]
    is_small = names.count("/TH") > names.count("/TD")
    for row in cells:
        for cell in row:
            if cell["S"] == "/TH" and cell["A"]["Scope"] == "/Row" and (is_small or len(row) == 1):
                cell["S"] = "/TD"
                del cell["A"]["Scope"]


def _below(element: Any, name: str, by_reference: dict[bytes, Any]) -> Iterator[Any]:
    """The elements of this name in a table, those of tables in its cells left out."""
    for kid in element.get("K", []):
        child = by_reference.get(kid) if isinstance(kid, bytes) else None
        if child is None or child.get("S") == "/Table":
            continue
        if child.get("S") == name:
            yield child
        else:
            yield from _below(child, name, by_reference)


def _turn_margins_into_artifacts(pdf: Any, by_reference: dict[bytes, Any], root: Any, linked: dict[bytes, Any]) -> None:
    """Content whose structure element hangs on nothing stands in a page's margin."""
    numbers = by_reference[root["ParentTree"]]["Nums"]
    by_key = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for reference in pdf.page_references:
        page = by_reference[reference]
        parents = by_key[page["StructParents"]]
        orphans = {mcid for mcid, parent in enumerate(parents) if parent not in linked}
        if not orphans:
            continue
        content = by_reference[page["Contents"]].stream
        for index, part in enumerate(content):
            if isinstance(part, dict) and part.get("MCID") in orphans and content[index + 1] == b"BDC":
                content[index - 1] = b"/Artifact"
                content[index] = b"<</Type /Pagination>>"
        for mcid in orphans:
            parents[mcid] = "null"
    for reference, element in by_reference.items():
        if isinstance(element, dict) and element.get("Type") == "/StructElem" and reference not in linked:
            element.clear()  # cannot be left out: the numbers of all other objects count on it
