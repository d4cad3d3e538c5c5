"""The admin shows question sets and changes none."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from attributes.models import Attribute, Item, Question, QuestionSet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [QuestionSet, Attribute, Question, Item])
def test_read_only(client: Client, published: QuestionSet, model: type[QuestionSet]) -> None:
    client.force_login(get_user_model().objects.create_superuser(email="root@example.org", password="x"))
    name = f"admin:attributes_{model._meta.model_name}"
    row = model.objects.order_by("pk")[0]
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    assert client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
    assert client.get(reverse(f"{name}_add")).status_code == 403
    assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
