from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0007_mails_queued'),
    ]

    operations = [
        migrations.AlterField(
            model_name='invitation',
            name='role',
            field=models.CharField(choices=[('organiser', 'Organiser'), ('contributor', 'Contributor'), ('reviewer', 'Reader and comment moderator')], max_length=12, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('organiser', 'Organiser'), ('contributor', 'Contributor'), ('reviewer', 'Reader and comment moderator')], max_length=12, verbose_name='role'),
        ),
    ]
