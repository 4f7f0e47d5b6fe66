from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ComunConfig(AppConfig):
    name = "comun"
    verbose_name = "Común"

    def ready(self):
        from . import indice

        # No hay a quién llamar: en SQLite cualquier migración que rehaga una tabla pierde sus disparadores.
        post_migrate.connect(indice.reponer, sender=self)
