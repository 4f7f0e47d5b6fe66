from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Portal"

    def ready(self):
        from . import (
            busqueda,  # noqa: F401 - anota las páginas estándar en el buscador
            publico,  # noqa: F401 - renueva la caché pública al guardar lo que el público ve
        )
