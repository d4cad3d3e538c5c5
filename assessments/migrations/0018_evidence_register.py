"""The evidence register: an entry for every document that an answer rests on, once per process.

Answers and files stay as they are: they name the documents, and the entries are found by that name. So going back
only takes the register away.
"""

import hashlib
from urllib.parse import urlsplit

import assessments.models.assessment
import attributes.codes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

BATCH = 1000


def same_document(reference):
    """The name of a document, as method 1.1 had it (3.4) when this was written."""
    text = reference.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return text
    if host is None or not parts.scheme:
        return text
    place = f"[{host}]" if ":" in host else host
    if port is not None and port not in {80, 443}:
        place += f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{place}{parts.path.rstrip('/')}{query}"


def is_web_address(line):
    """Whether a browser can open it."""
    try:
        parts = urlsplit(line)
        host = parts.hostname
        parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and not any(char.isspace() for char in line)


def key_of(reference):
    return hashlib.sha256(same_document(reference).encode()).hexdigest()


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def enter_documents(apps, schema_editor):
    """Enter what the answers of every round rest on; who brought it first, and when, is what their history says."""
    database = schema_editor.connection.alias
    entries = apps.get_model("assessments", "EvidenceEntry").objects.using(database)
    process = "response__assessment__process"
    found = {}
    # Also files that were taken away: they are kept for what was frozen, and the register offers them again.
    files = apps.get_model("assessments", "EvidenceFile")._base_manager.using(database)
    for row in files.order_by("uploaded_at", "pk").annotate(process=models.F(f"{process}_id")).iterator():
        key = key_of(f"sha256:{row.sha256}")
        if (row.process, key) not in found:
            found[row.process, key] = entries.model(
                process_id=row.process, key=key, kind="file", file=row.file.name, name=row.name, sha256=row.sha256,
                content_type=row.content_type, size=row.size, added_by_id=row.uploaded_by_id, added_at=row.uploaded_at,
            )  # fmt: skip
    versions = apps.get_model("assessments", "AnswerVersion").objects.using(database)
    answers = apps.get_model("assessments", "Answer").objects.using(database)
    there = set()
    for owner, links in answers.exclude(evidence_links="").values_list(process, "evidence_links").iterator():
        there |= {(owner, line) for line in lines_of(links)}
    past = versions.exclude(evidence_links="").exclude(reason="set_aside").order_by("at", "pk")
    stamps = past.values_list(f"answer__{process}", "evidence_links", "user", "at")
    rows = answers.exclude(evidence_links="").order_by("pk")
    for owner, links, user, at in [*stamps, *rows.values_list(process, "evidence_links", "updated_by", "updated_at")]:
        for line in lines_of(links):
            key = key_of(line)
            if (owner, line) in there and (owner, key) not in found:
                kind = "link" if is_web_address(line) else "inside"
                found[owner, key] = entries.model(
                    process_id=owner, key=key, kind=kind, address=line, added_by_id=user, added_at=at
                )
    entries.bulk_create(found.values(), batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0017_panel_public'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EvidenceEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=attributes.codes.new_code, editable=False, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('link', 'Link'), ('file', 'File'), ('inside', 'Document for insiders')], max_length=6)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('day', models.DateField(blank=True, null=True, verbose_name='date of the document')),
                ('source', models.CharField(blank=True, choices=[('own', "The organiser's own"), ('participant', 'Made by participants'), ('independent', 'Independent of the process')], max_length=11, verbose_name='who made it')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='what it shows')),
                ('address', models.TextField(blank=True, max_length=10000)),
                ('file', models.FileField(blank=True, max_length=200, upload_to=assessments.models.assessment.evidence_path)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='file name')),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('key', models.CharField(editable=False, max_length=64)),
                ('former_keys', models.JSONField(blank=True, default=list, editable=False)),
                ('typed_on', models.CharField(blank=True, editable=False, max_length=32)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence_entries', to='assessments.process')),
            ],
            options={
                'verbose_name': 'entry of the evidence register',
                'verbose_name_plural': 'entries of the evidence register',
                'ordering': ['added_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('process', 'key'), name='one_entry_per_document')],
            },
        ),
        migrations.RunPython(enter_documents, migrations.RunPython.noop),
    ]
