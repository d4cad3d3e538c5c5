import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0016_evidence_openings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='wave',
            name='threshold_chosen_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wave',
            name='threshold_chosen_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='wave',
            name='threshold_fixed',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='wavegroup',
            name='everybody',
            field=models.BooleanField(default=False, verbose_name='everybody in the group is invited'),
        ),
        migrations.AddField(
            model_name='wavesnapshot',
            name='public',
            field=models.JSONField(default=dict),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='wavesnapshot',
            name='public_digest',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
    ]
