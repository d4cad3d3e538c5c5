from django.conf import settings
from django.db import migrations, models

import assessments.zones


def keep_the_zone_people_were_told(apps, schema_editor):
    """Until now the last day of every wave ended in the zone of the installation."""
    Wave = apps.get_model("assessments", "Wave")
    Wave.objects.exclude(state="preparing").update(time_zone=settings.TIME_ZONE)


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0013_launched'),
    ]

    operations = [
        migrations.AddField(
            model_name='process',
            name='time_zone',
            field=models.CharField(default=assessments.zones.site_time_zone, max_length=64, verbose_name='time zone'),
        ),
        migrations.AddField(
            model_name='wave',
            name='time_zone',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.RunPython(keep_the_zone_people_were_told, migrations.RunPython.noop),
    ]
