from django.apps import AppConfig


class EventosConfig(AppConfig):
    name = "eventos"
    verbose_name = "Capacitaciones"

    def ready(self):
        from . import agenda, periodicas, periodicas_de_encuesta, rastro, registros  # noqa: F401 - se anotan en comun
