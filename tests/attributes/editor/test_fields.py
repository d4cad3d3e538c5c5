"""The fields of the forms of all parts: what they show and are sent back is what is stored."""

import pytest

from attributes.documents import documents
from attributes.documents.copying import copied
from attributes.documents.documents import Address
from attributes.documents.operations import codes_of
from attributes.editor.forms.part import PartForm
from attributes.exporting import plain
from tests import builders
from tests.builders.editor import sent_unchanged

SHIPPED = plain(builders.shipped_spec())


@pytest.mark.parametrize("where", documents.addresses(SHIPPED), ids=str)
def test_fields_sent_back_as_shown_change_nothing(where: Address) -> None:
    data = sent_unchanged(SHIPPED, where)
    form = PartForm(SHIPPED, where, base=SHIPPED, spent=codes_of(SHIPPED))
    for is_final in (False, True):
        value = form.value(data, is_final=is_final)
        assert form.spent_codes(value) == documents.refused(where, value) == []
        content = copied(SHIPPED)
        documents.put(content, where, value)
        assert content == SHIPPED
