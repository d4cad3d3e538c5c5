"""What new databases get in one step instead of the migrations it replaces; others go on through those."""

import attributes.codes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('attributes', '0001_initial'),
        ('attributes', '0002_drafts_and_provenance'),
        ('attributes', '0003_documents'),
        ('attributes', '0004_rows_to_documents'),
        ('attributes', '0005_drop_rows'),
        ('attributes', '0006_draft_notes'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80)),
                ('version', models.CharField(max_length=20)),
                ('status', models.CharField(choices=[('published', 'Published'), ('retired', 'Retired')], default='published', max_length=10)),
                ('document', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('experimental', models.BooleanField(default=False)),
                ('title', models.JSONField()),
                ('languages', models.JSONField()),
                ('based_on', models.CharField(blank=True, max_length=20)),
                ('changelog', models.TextField(blank=True)),
                ('published_by_name', models.CharField(blank=True, max_length=150)),
                ('approved_by_name', models.CharField(blank=True, max_length=150)),
                ('translated_from', models.JSONField(blank=True, default=dict)),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'question set',
                'verbose_name_plural': 'question sets',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('slug', 'version'), name='question_set_slug_version'), models.CheckConstraint(condition=models.Q(('status__in', ['published', 'retired'])), name='question_set_status')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='attributes.questionset')),
                ('code', models.CharField(max_length=20)),
                ('revision', models.PositiveSmallIntegerField(default=1)),
                ('kind', models.CharField(choices=[('rating', 'rating'), ('coverage_checklist', 'coverage_checklist'), ('barrier_checklist', 'barrier_checklist'), ('justified_yes_no', 'justified_yes_no'), ('diagnosis_checklist', 'diagnosis_checklist'), ('open_text', 'open_text')], max_length=30)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'verbose_name': 'item',
                'verbose_name_plural': 'items',
                'ordering': ['question_set_id', 'position'],
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('question_set', 'code'), name='item_code'), models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='item_revision'), models.CheckConstraint(condition=models.Q(('kind__in', ['rating', 'coverage_checklist', 'barrier_checklist', 'justified_yes_no', 'diagnosis_checklist', 'open_text'])), name='item_kind')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=attributes.codes.new_code, editable=False, max_length=16, unique=True)),
                ('slug', models.SlugField(max_length=80)),
                ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='attributes.questionset')),
                ('content', models.JSONField()),
                ('step', models.PositiveIntegerField(default=0)),
                ('status', models.CharField(choices=[('editing', 'Draft'), ('in_review', 'In review'), ('approved', 'Approved')], default='editing', max_length=10)),
                ('spent_codes', models.JSONField(blank=True, default=list)),
                ('declared', models.JSONField(blank=True, default=dict)),
                ('translated_from', models.JSONField(blank=True, default=dict)),
                ('changelog', models.TextField(blank=True, max_length=20000, verbose_name='what changed')),
                ('review_asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review_asked_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
                'ordering': ['-updated_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DraftStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='attributes.draft')),
                ('number', models.PositiveIntegerField()),
                ('target', models.CharField(max_length=120)),
                ('summary', models.CharField(max_length=300)),
                ('packed', models.BinaryField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['draft_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('draft', 'number'), name='draft_step_number')],
            },
        ),
        migrations.CreateModel(
            name='DraftNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='attributes.draft')),
                ('place', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(max_length=2000, verbose_name='note')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'note on a draft',
                'verbose_name_plural': 'notes on drafts',
                'ordering': ['at', 'pk'],
            },
        ),
    ]
