import django.db.models.deletion
from django.db import migrations, models

from verband.kernel.triggers import keep_rows


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='number of lines')),
                ('root', models.BinaryField(max_length=32, verbose_name='root')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('origin', models.CharField(max_length=200, verbose_name='origin')),
                ('key_id', models.BinaryField(max_length=4, verbose_name='key')),
                ('signature', models.BinaryField(max_length=64, verbose_name='signature')),
            ],
            options={
                'ordering': ['size'],
            },
        ),
        migrations.CreateModel(
            name='MerkleNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.SmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'index'), name='kernel_merklenode_place')],
            },
        ),
        migrations.CreateModel(
            name='SealedLeaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('hash', models.BinaryField(max_length=32)),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='kernel.auditline')),
            ],
            options={
                'ordering': ['index'],
            },
        ),
        *keep_rows("kernel_sealedleaf", "kernel_merklenode", "kernel_checkpoint"),
    ]
