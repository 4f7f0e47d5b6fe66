from django.core.management.base import BaseCommand, CommandError

from eventos.integridad import comprobar
from eventos.models import Expediente


class Command(BaseCommand):
    help = "Compara el SHA-256 de cada archivo de expediente con el que se anotó al guardarlo; falla si alguno difiere."

    def handle(self, *args, **opciones):
        malos = revisados = 0
        for expediente in Expediente.objects.select_related("archivo", "capacitacion").order_by("pk").iterator():
            for fila in comprobar(expediente):
                revisados += 1
                if not fila.coincide:
                    malos += 1
                    self.stderr.write(f"{expediente.capacitacion.slug}: {fila.que}: {self._que_pasa(fila)}")
        if malos:
            raise CommandError(
                f"{malos} archivo{'' if malos == 1 else 's'} de {revisados} no son los que se guardaron."
            )
        self.stdout.write(f"Los {revisados} archivos coinciden.")

    @staticmethod
    def _que_pasa(fila) -> str:
        return f"es {fila.hallado} y se anotó {fila.guardado}" if fila.hallado else "no está"
