from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from custodia.inventario import a_markdown, sin_declarar

PAGINA = Path(settings.BASE_DIR) / "docs" / "datos-personales.md"


class Command(BaseCommand):
    help = "Rehace docs/datos-personales.md, el inventario de datos personales, a partir de los modelos."

    def handle(self, *args, **opciones):
        if faltan := sin_declarar():
            raise CommandError(f"Declare en custodia/inventario.py: {', '.join(faltan)}.")
        PAGINA.write_text(a_markdown(), encoding="utf-8")
        self.stdout.write(self.style.SUCCESS(f"Escrita {PAGINA.name}."))
