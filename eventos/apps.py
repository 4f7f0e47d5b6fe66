from django.apps import AppConfig


class EventosConfig(AppConfig):
    name = "eventos"
    verbose_name = "Capacitaciones"

    def ready(self):
        from . import (  # noqa: F401 - se anotan en comun
            agenda,
            escritas,
            periodicas,
            periodicas_de_encuesta,
            personales,
            rastro,
            registros,
            relevos,
        )
