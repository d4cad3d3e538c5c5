from django.db import migrations, models


def raise_thresholds(apps, schema_editor):
    """Waves that are not closed: nobody may be shown by fewer than five any more."""
    wave = apps.get_model("assessments", "Wave")
    wave.objects.exclude(state="closed").filter(threshold__lt=5).update(threshold=5)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_role_words")]

    operations = [
        migrations.RunPython(raise_thresholds, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="wave", name="wave_threshold"),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("threshold__gte", 5), ("state", "closed"), _connector="OR"),
                name="wave_threshold",
            ),
        ),
    ]
