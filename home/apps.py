from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Portal"

    def ready(self):
        from . import (
            fuentes,  # noqa: F401 - lo que home aporta al buscador
            noticias,  # noqa: F401 - las noticias en el buscador y en la página de cada centro
            publico,  # noqa: F401 - renueva la caché pública al guardar lo que el público ve
            registros,  # noqa: F401 - el mural en la página de cada centro
            sinonimos,  # noqa: F401 - los del buscador
        )
