"""Actions get a state, a history and what became of them; decisions; who is told of late actions.

Actions written before stood in every version of a paper, also in the one for the public: they stay public.
"""

from typing import Any

import attributes.codes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from attributes.codes import new_code


def fill(apps: Any, schema_editor: Any) -> None:
    """Give each action that is there its code, and leave public what was."""
    for action in apps.get_model("assessments", "Action").objects.iterator():
        action.code, action.is_public, action.shown_at = new_code(), True, django.utils.timezone.now()
        action.save(update_fields=["code", "is_public", "shown_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0023_question_assignments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('made', 'Entered'), ('changed', 'Changed'), ('done', 'Marked as done'), ('dropped', 'Dropped'), ('reopened', 'Opened again'), ('carried', 'Carried over from an earlier round'), ('published', 'Made public'), ('hidden', 'Made not public')], max_length=10)),
                ('before', models.JSONField(blank=True, default=dict)),
                ('note', models.TextField(blank=True, max_length=1000)),
                ('by_name', models.CharField(blank=True, max_length=150)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'event of an action',
                'verbose_name_plural': 'events of actions',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ActionMailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wants_mail', models.BooleanField(default=True, verbose_name='mails on late actions')),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('calendar', models.CharField(blank=True, editable=False, max_length=16, null=True, unique=True)),
            ],
            options={
                'verbose_name': 'mails and calendar of actions',
                'verbose_name_plural': 'mails and calendars of actions',
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(max_length=120, verbose_name='who decided')),
                ('decided_on', models.DateField(verbose_name='day')),
                ('decision', models.TextField(max_length=1000, verbose_name='decision')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='comment')),
                ('version', models.PositiveIntegerField(default=1)),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('entered_by_name', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
            },
        ),
        migrations.CreateModel(
            name='LateNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'mail on a late action',
                'verbose_name_plural': 'mails on late actions',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='carried_from',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='carried_to', to='assessments.action'),
        ),
        migrations.AddField(
            model_name='action',
            name='closed_on',
            field=models.DateField(blank=True, null=True, verbose_name='day'),
        ),
        migrations.AddField(
            model_name='action',
            name='code',
            field=models.CharField(default='', editable=False, max_length=16),
        ),
        migrations.AddField(
            model_name='action',
            name='happened',
            field=models.TextField(blank=True, max_length=1000, verbose_name='what happened'),
        ),
        migrations.AddField(
            model_name='action',
            name='is_public',
            field=models.BooleanField(default=False, verbose_name='public'),
        ),
        migrations.AddField(
            model_name='action',
            name='known_by',
            field=models.CharField(blank=True, max_length=160, verbose_name='how one will know'),
        ),
        migrations.AddField(
            model_name='action',
            name='reason',
            field=models.TextField(blank=True, max_length=500, verbose_name='why it was dropped'),
        ),
        migrations.AddField(
            model_name='action',
            name='shown_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='action',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='action',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['state', 'due'], name='action_state_due'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='assessments.action'),
        ),
        migrations.AddField(
            model_name='actionevent',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actionmailing',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='action_mailing', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='assessment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='decided', to='assessments.assessment'),
        ),
        migrations.AddField(
            model_name='decision',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='latenotice',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='late_notices', to='assessments.action'),
        ),
        migrations.AddField(
            model_name='latenotice',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='latenotice',
            constraint=models.UniqueConstraint(fields=('action', 'user'), name='late_action_told_once'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='action',
            name='code',
            field=models.CharField(default=attributes.codes.new_code, editable=False, max_length=16, unique=True),
        ),
    ]
