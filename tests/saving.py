"""Saves answers the way a question page does: the whole form, by htmx, with the versions that came back last."""

from tests.forms_in_pages import Page, PageForm
from tests.serving import Reply, Visitor

HTMX = {"HX_Request": "true"}


class QuestionPage:
    """An open question page in somebody's browser."""

    def __init__(self, visitor: Visitor, address: str) -> None:
        self.visitor = visitor
        self.address = address
        self.form = PageForm({})
        self.open()

    def open(self) -> None:
        """Load the page, and with it what is stored now."""
        reply = self.visitor.get(self.address, Accept_Encoding="identity")
        if reply.status != 200:
            raise RuntimeError(f"{self.address} answered {reply.status}")
        forms = [form for form in Page(reply.text).forms if self._versions(form)]
        if not forms:
            raise LookupError("no form with versions")
        self.form = forms[0]

    @staticmethod
    def _versions(form: PageForm) -> list[str]:
        return [name for name in form.fields if name.endswith("-version")]

    @property
    def items(self) -> list[str]:
        """The codes of the items of the page."""
        return [name.removesuffix("-version") for name in self._versions(self.form)]

    def version(self, item: str) -> int:
        """The version of an item's answer that this page goes on from."""
        return int(self.form.fields[f"{item}-version"] or 0)

    def save(self, **changes: str) -> Reply:
        """Change fields and send the form as autosave does; afterwards the form has the new versions."""
        self.form.fields.update(changes)
        address = self.form.attributes.get("hx-post") or self.form.address or self.address
        reply = self.visitor.post(address, self.form.fields, **HTMX)
        if reply.status == 200 and "gzip" not in reply.headers.get("Content-Encoding", ""):
            self.take_versions(reply.text)
        return reply

    def take_versions(self, html: str) -> None:
        """Go on from the versions in the answer to a save."""
        found = Page(html).inputs
        self.form.fields.update({name: value for name, value in found.items() if name in self.form.fields})
