"""The admin shows question sets and changes none."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from attributes.models import Item, QuestionSet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [QuestionSet, Item])
def test_read_only(client: Client, published: QuestionSet, model: type[QuestionSet | Item]) -> None:
    client.force_login(get_user_model().objects.create_superuser(email="root@example.org", password="x"))
    name = f"admin:attributes_{model._meta.model_name}"
    row = model._default_manager.order_by("pk")[0]
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    assert client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
    assert client.get(reverse(f"{name}_add")).status_code == 403
    assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_items_show_what_their_document_says(client: Client, published: QuestionSet) -> None:
    client.force_login(get_user_model().objects.create_superuser(email="root@example.org", password="x"))
    html = client.get(reverse("admin:attributes_item_changelist")).content.decode()
    row = html[html.index(">A1a<") : html.index(">A1b<")]
    assert "It is" in row
    assert row.count('alt="True"') == 2  # scored and critical
    document = client.get(reverse("admin:attributes_questionset_change", args=[published.pk])).content.decode()
    assert "Is {resource} cared for?" in document
