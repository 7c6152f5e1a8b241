import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from verband.kernel.triggers import functions, keep_rows


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_index=True, verbose_name='at')),
                ('use_case', models.CharField(max_length=100, verbose_name='use case')),
                ('actor', models.CharField(max_length=100, verbose_name='actor')),
                ('actor_label', models.CharField(max_length=200, verbose_name='actor in words')),
                ('details', models.JSONField(verbose_name='details')),
                ('salt', models.BinaryField(max_length=16)),
                ('subjects', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None, verbose_name='subjects')),
                ('record', models.JSONField(verbose_name='sealed record')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['subjects'], name='kernel_auditline_subjects')],
            },
        ),
        functions(),
        *keep_rows("kernel_auditline"),
    ]
