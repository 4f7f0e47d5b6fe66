"""Encadena las huellas que ya había, en su orden, y pone los disparadores."""

from django.db import migrations


def encadenar(apps, schema_editor):
    from custodia.cadena import CAMPOS, agregar

    huellas = apps.get_model("custodia", "Huella")._base_manager.order_by("pk").values_list(*CAMPOS)
    agregar(huellas.iterator(chunk_size=2000), apps.get_model("custodia", "Eslabon")._base_manager.all())


def poner_guardas(apps, schema_editor):
    from custodia.guardas import poner

    poner(schema_editor.connection)


def quitar_guardas(apps, schema_editor):
    from custodia.guardas import quitar

    quitar(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("custodia", "0004_difusion")]

    operations = [
        migrations.RunPython(encadenar, migrations.RunPython.noop),
        migrations.RunPython(poner_guardas, quitar_guardas),
    ]
