from django.core.management.base import BaseCommand

from demo.carga.personal import CLAVE
from demo.models import Carga, Marca
from organizacion.models import Usuario


class Command(BaseCommand):
    help = "Muestra las cuentas de la demostración, si está cargada."

    def handle(self, *args, **opciones):
        if not Carga.objects.filter(quitada_en__isnull=True).exists():
            return
        llaves = Marca.objects.filter(modelo="organizacion.usuario").values_list("llave", flat=True)
        self.stdout.write(f"Cuentas de demostración (clave de todas: {CLAVE})")
        for usuario in Usuario.objects.filter(pk__in=list(llaves)).order_by("pk"):
            roles = ", ".join(str(a) for a in usuario.asignaciones_vigentes)
            self.stdout.write(f"  {usuario.username:36} {roles}")
