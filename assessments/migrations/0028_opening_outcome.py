"""What somebody found who opened evidence becomes one of three: a third person may not have been able to open it."""

from typing import Any

from django.db import migrations, models
from django.db.models import Case, Value, When


def _to_outcome(apps: Any, schema_editor: Any) -> None:
    openings = apps.get_model("assessments", "EvidenceOpening").objects
    openings.update(outcome=Case(When(shows=True, then=Value("shows")), default=Value("shows_not")))


def _to_shows(apps: Any, schema_editor: Any) -> None:
    """What could not be opened had no form then, and shows nothing."""
    openings = apps.get_model("assessments", "EvidenceOpening").objects
    openings.update(shows=Case(When(outcome="shows", then=Value(value=True)), default=Value(value=False)))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0027_report_kinds")]

    operations = [
        migrations.AddField(
            model_name="evidenceopening",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("shows", "It shows this"),
                    ("shows_not", "It does not show this"),
                    ("cannot", "It cannot be opened"),
                ],
                default="shows_not",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="evidenceopening", name="shows", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(_to_outcome, _to_shows),
        migrations.RemoveField(model_name="evidenceopening", name="shows"),
    ]
