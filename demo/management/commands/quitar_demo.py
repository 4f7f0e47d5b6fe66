from django.core.management.base import BaseCommand

from demo.carga.quitar import quitar


class Command(BaseCommand):
    help = "Retira la demostración y deja los datos reales y lo que hicieron las personas."

    def handle(self, *args, **opciones):
        cuenta = quitar()
        if not cuenta:
            self.stdout.write("No hay ninguna demostración cargada.")
            return
        for modelo, filas in cuenta.items():
            self.stdout.write(f"  {modelo}: {filas}")
        self.stdout.write(self.style.SUCCESS("La demostración se retiró."))
