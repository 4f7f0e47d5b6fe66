from django.apps import AppConfig


class EventosConfig(AppConfig):
    name = "eventos"
    verbose_name = "Capacitaciones"

    def ready(self):
        from . import registros  # noqa: F401 - se anota en los registros de comun
