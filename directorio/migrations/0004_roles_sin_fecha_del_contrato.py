import datetime as dt

from django.db import migrations
from django.db.models import F
from django.utils import timezone


def quitar_la_fecha(apps, schema_editor):
    """El rol de una cuenta llevaba copiada la fecha del contrato, y al prorrogarlo se quedaba con la de antes.

    Conserva la suya el que un cambio de puesto programado termina la víspera.
    """
    roles = apps.get_model("organizacion", "Asignacion").objects.filter(es_encargatura=False)
    roles = roles.filter(usuario__is_active=True, usuario__personal__isnull=False)
    programados = apps.get_model("directorio", "PuestoDePersonal").objects.filter(por_aplicar=True)
    for rol in roles.filter(hasta__gte=timezone.localdate(), hasta__gt=F("desde")):
        al_dia_siguiente = rol.hasta + dt.timedelta(days=1)
        if not programados.filter(personal__usuario=rol.usuario_id, desde=al_dia_siguiente).exists():
            rol.hasta = None
            rol.save(update_fields=["hasta"])


class Migration(migrations.Migration):
    dependencies = [("directorio", "0003_indices_de_busqueda"), ("organizacion", "0007_indices_de_busqueda")]

    operations = [migrations.RunPython(quitar_la_fecha, migrations.RunPython.noop, elidable=True)]
