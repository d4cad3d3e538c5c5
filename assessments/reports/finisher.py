"""What WeasyPrint leaves undone in a tagged PDF, done just before the file is written.

- Running heads and page numbers are written as content of the document: they become artifacts, which are not read out.
- Header cells do not say what they head: in a table's head a column, elsewhere a row.
- Annotations lack the flag that lets them be printed.
"""

from typing import Any

PRINT = 4


def finish(document: Any, pdf: Any) -> None:
    """Complete the tags of a document that WeasyPrint has written to a `pydyf.PDF`."""
    root_reference = pdf.catalog.get("StructTreeRoot")
    if root_reference is None:
        return
    by_reference = {obj.reference: obj for obj in pdf.objects}
    root = by_reference[root_reference]
    linked = _linked(root, by_reference)
    _scope_headers(linked.values(), by_reference)
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
