"""Reports get a kind, a paper and readers, and one form of document; what stands beside a result for those who decide.

Reports on one assessment that were made before are full reports on A4: their files stay as they were drawn.
"""

from typing import Any

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

READERS = {"public": "public", "signed_in": "accounts", "private": "members"}


def wrap(apps: Any, schema_editor: Any) -> None:
    """Put the document of each report into the form that says what it is, and for whom."""
    for report in apps.get_model("assessments", "Report").objects.iterator():
        shown = report.document
        if shown.get("format") == "msgov-report/1":
            continue
        single = report.kind == "single"
        report.kind = "full" if single else "comparison"
        report.readers = _readers(report, shown)
        part = "comparison"
        if single:
            part = "joint" if "panel" in shown else "result"
            result = shown.get("result", shown)
            report.result_number = None if report.is_draft else result.get("assessment", {}).get("number")
        report.document = {
            "format": "msgov-report/1",
            "kind": report.kind,
            "paper": "A4",
            "readers": report.readers,
            "annexes": ["answers", "figures", "method", "principles"] if single else [],
            part: shown,
        }
        report.save(update_fields=["kind", "readers", "result_number", "document"])


def _readers(report: Any, shown: Any) -> str:
    if shown.get("panel", {}).get("version") == "restricted":
        return "steering"
    shared = {READERS[each.process.visibility] for each in report.assessments.select_related("process")}
    if report.is_draft or "members" in shared or not shared:
        return "members"
    return "accounts" if "accounts" in shared else "public"


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0018_evidence_register"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name='report',
            name='paper',
            field=models.CharField(choices=[('A4', 'A4'), ('Letter', 'US Letter')], default='A4', max_length=8),
        ),
        migrations.AddField(
            model_name='report',
            name='readers',
            field=models.CharField(choices=[('public', 'Public'), ('accounts', 'For everyone with an account here'), ('members', 'For members of the process'), ('steering', 'Restricted: for the steering group')], default='members', max_length=10),
        ),
        migrations.AddField(
            model_name='report',
            name='result_number',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='report',
            name='kind',
            field=models.CharField(choices=[('board', 'Board paper'), ('full', 'Full report'), ('comparison', 'Comparison')], max_length=12),
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(blank=True, max_length=50)),
                ('text', models.CharField(blank=True, max_length=160, verbose_name='what will be done')),
                ('owner', models.CharField(blank=True, max_length=80, verbose_name='owner')),
                ('due', models.DateField(blank=True, null=True, verbose_name='by')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='assessments.assessment')),
            ],
            options={
                'verbose_name': 'action',
                'verbose_name_plural': 'actions',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BoardPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.TextField(blank=True, max_length=600, verbose_name='what the board is asked to decide')),
                ('made_by', models.CharField(blank=True, max_length=120, verbose_name='made by')),
                ('checked_by', models.CharField(blank=True, max_length=120, verbose_name='checked by')),
                ('commissioned_by', models.CharField(blank=True, max_length=120, verbose_name='commissioned by')),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='board_paper', to='assessments.assessment')),
                ('updated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'board paper',
                'verbose_name_plural': 'board papers',
            },
        ),
        migrations.CreateModel(
            name='Brand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name on papers')),
                ('colour', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}\\Z', 'Give the colour as # and six digits or letters a to f, like #12355b.')], verbose_name='colour')),
                ('logo', models.BinaryField(blank=True, default=bytes)),
                ('process', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='brand', to='assessments.process')),
            ],
            options={
                'verbose_name': 'look of papers',
                'verbose_name_plural': 'looks of papers',
            },
        ),
        migrations.RunPython(wrap, migrations.RunPython.noop),
    ]
