from django.apps import AppConfig


class CorreoConfig(AppConfig):
    name = "correo"
    verbose_name = "Correo"

    def ready(self):
        from . import buzon, guardia, personales, proveedor, remitente  # noqa: F401 - se anotan en los registros de comun y en anymail
