"""Room for the document of a question set, and for the set of an item (docs/adr, 9)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty for now: the next migration fills them, in a transaction of its own, as PostgreSQL wants it."""

    dependencies = [
        ("attributes", "0002_drafts_and_provenance"),
    ]

    operations = [
        migrations.AddField(
            model_name="questionset",
            name="document",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="question_set",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="attributes.questionset",
            ),
        ),
    ]
