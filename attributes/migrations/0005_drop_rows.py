"""The tables and columns whose content stands in the documents now."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

PARTS_OF_ITEMS = ["Anchor", "EvidencePrompt", "Option", "OptionState", "Recommendation"]
AROUND = ["Component", "Criterion", "CrosswalkPrinciple", "Goal"]
OF_ITEMS = [
    "question", "short", "text", "note", "scored", "critical", "na_allowed", "na_condition", "stakeholder_primary",
    "audience", "other_allowed", "replaces",
]  # fmt: skip


class Migration(migrations.Migration):
    """What is left: the version with its document, and a row for each item that answers point at."""

    dependencies = [
        ("attributes", "0004_rows_to_documents"),
    ]

    operations = [
        *(migrations.DeleteModel(name=name) for name in [*PARTS_OF_ITEMS, *AROUND]),
        migrations.RemoveConstraint(model_name="item", name="item_code"),
        migrations.RemoveConstraint(model_name="item", name="item_audience"),
        migrations.AlterModelOptions(
            name="item",
            options={
                "base_manager_name": "objects",
                "ordering": ["question_set_id", "position"],
                "verbose_name": "item",
                "verbose_name_plural": "items",
            },
        ),
        *(migrations.RemoveField(model_name="item", name=name) for name in OF_ITEMS),
        migrations.AlterField(
            model_name="item",
            name="question_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="attributes.questionset"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("question_set", "code"), name="item_code"),
        ),
        migrations.DeleteModel(name="Question"),
        migrations.DeleteModel(name="Attribute"),
        *(
            migrations.RemoveField(model_name="questionset", name=name)
            for name in ("summary", "credit", "resource_default", "scale", "source")
        ),
        migrations.AlterField(model_name="questionset", name="document", field=models.JSONField()),
        migrations.AlterField(model_name="questionset", name="digest", field=models.CharField(max_length=64)),
        migrations.AlterField(
            model_name="questionset",
            name="published_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.RemoveConstraint(model_name="questionset", name="question_set_status"),
        migrations.AlterField(
            model_name="questionset",
            name="status",
            field=models.CharField(
                choices=[("published", "Published"), ("retired", "Retired")], default="published", max_length=10
            ),
        ),
        migrations.AddConstraint(
            model_name="questionset",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["published", "retired"])), name="question_set_status"
            ),
        ),
    ]
