import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from custodia import guardas
from custodia.models import Eslabon
from custodia.verificacion import verificar


class Command(BaseCommand):
    help = "Recorre la cadena del rastro y dice la primera fila alterada, borrada o intercalada."

    def add_arguments(self, parser):
        parser.add_argument("--sello", help="Uno copiado fuera de la base, «número:SHA-256»: la cadena pasa por él.")

    def handle(self, *args, **opciones):
        comienzo = time.monotonic()
        resultado = verificar()
        if resultado.hallazgo:
            raise CommandError(f"El rastro no cuadra. {resultado.hallazgo}.")
        if opciones["sello"]:
            self.exigir_sello(opciones["sello"])
        if faltan := guardas.faltan(connection):
            raise CommandError(f"La cadena está entera, pero faltan disparadores: {', '.join(sorted(faltan))}.")
        if resultado.demoradas:
            self.stdout.write(
                f"{resultado.demoradas} se encadenaron más de un día después de ocurrir: las tareas periódicas "
                "estuvieron detenidas, o alguien las agregó con fecha de antes."
            )
        self.stdout.write(
            self.style.SUCCESS(
                f"Rastro entero: {resultado.filas:,} huellas en {time.monotonic() - comienzo:.1f} s; "
                f"punta {resultado.punta}."
            )
        )

    def exigir_sello(self, texto):
        numero, _, sha256 = texto.partition(":")
        if not numero.isdecimal() or len(sha256) != 64:
            raise CommandError("El sello se escribe «número:SHA-256», como lo dejó tareas_periodicas.")
        if not Eslabon.objects.filter(numero=int(numero), sha256=sha256).exists():
            raise CommandError(f"La cadena no pasa por el sello {numero}: se rehízo o se recortó.")
