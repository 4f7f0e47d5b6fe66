import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from intranet.periodicas import correr_todos


class Command(BaseCommand):
    help = "Corre los trabajos periódicos. Va cada minuto en cron, en cuantas máquinas quiera: se turnan."

    def add_arguments(self, parser):
        parser.add_argument(
            "--cada", type=int, metavar="SEGUNDOS", help="no termina: repite cada tantos segundos hasta recibir SIGTERM"
        )

    def handle(self, *args, cada=None, **opciones):
        if cada is None:
            fallidos = self.dar_una_vuelta()
            if fallidos:
                raise CommandError(f"Fallaron: {', '.join(fallidos)}")
            return
        parar = threading.Event()
        for senal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(senal, lambda *_: parar.set())
        while not parar.is_set():
            close_old_connections()
            try:
                self.dar_una_vuelta()
            except DatabaseError as error:  # la base se reinicia: se insiste en la vuelta siguiente
                self.stderr.write(f"Sin base de datos ({type(error).__name__}).")
            parar.wait(max(cada, 1))

    def dar_una_vuelta(self):
        hechos, fallidos = correr_todos()
        for hecho in hechos:
            self.stdout.write(hecho)
        for nombre in fallidos:
            self.stderr.write(f"Falló {nombre}; el registro dice por qué.")
        return fallidos
