from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0044_wave_form")]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="results_on",
            field=models.DateField(blank=True, null=True, verbose_name="results planned for"),
        ),
        migrations.AddField(
            model_name="panellink",
            name="in_exchange",
            field=models.BooleanField(default=False),
        ),
    ]
