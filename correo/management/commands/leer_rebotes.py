import imaplib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from correo.buzon import leer_buzon


class Command(BaseCommand):
    help = "Lee el buzón de rebotes (REBOTES_IMAP_HOST) y anota lo que avisa. Lo hace también la tarea periódica."

    def handle(self, *args, **opciones):
        if not settings.REBOTES_IMAP_HOST:
            raise CommandError("No hay buzón de rebotes: falta REBOTES_IMAP_HOST.")
        try:
            cuenta = leer_buzon()
        except (OSError, imaplib.IMAP4.error) as error:
            raise CommandError(f"No se pudo leer el buzón de rebotes: {error}") from error
        self.stdout.write(str(cuenta))
