from django.apps import AppConfig


class CorreoConfig(AppConfig):
    name = "correo"
    verbose_name = "Correo"

    def ready(self):
        from . import guardia  # noqa: F401 - se anota en los registros de comun
