from django.db import migrations, models


class Migration(migrations.Migration):
    """Organisers read what happened in their process: events are looked up by what they are about."""

    dependencies = [("accounts", "0002_audit_event")]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["object_kind", "object_code"], name="audit_event_object"),
        ),
    ]
