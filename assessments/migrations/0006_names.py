from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    """The words of the field for what was called urn and sheet."""

    dependencies = [("assessments", "0005_answer_versions")]

    operations = [
        migrations.RemoveConstraint(model_name="urn", name="urn_shard"),
        migrations.RenameModel("Urn", "BallotBox"),
        migrations.RenameModel("Sheet", "UnfinishedQuestionnaire"),
        migrations.AlterModelOptions(
            "ballotbox",
            {
                "ordering": ["group_id", "holds", "shard"],
                "verbose_name": "ballot box",
                "verbose_name_plural": "ballot boxes",
            },
        ),
        migrations.AlterField(
            "ballotbox",
            "group",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ballot_boxes", to="assessments.wavegroup"
            ),
        ),
        migrations.AlterField(
            "unfinishedquestionnaire",
            "link",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="questionnaire", to="assessments.panellink"
            ),
        ),
        migrations.AddConstraint(
            "ballotbox", models.UniqueConstraint(fields=("group", "holds", "shard"), name="ballot_box_shard")
        ),
    ]
