from django.urls import reverse
from wagtail_modeladmin.helpers import ButtonHelper


class BotonesDelRegistro(ButtonHelper):
    """Los botones de cada fila, en palabras: «Ver», «Editar»."""

    def add_button(self, *args, **kwargs):
        return super().add_button(*args, **kwargs) | {"label": "Agregar", "title": f"Agregar {self.verbose_name}"}

    def inspect_button(self, *args, **kwargs):
        return super().inspect_button(*args, **kwargs) | {"label": "Ver", "title": f"Ver {self.verbose_name}"}

    def edit_button(self, *args, **kwargs):
        return super().edit_button(*args, **kwargs) | {"label": "Editar", "title": f"Editar {self.verbose_name}"}

    def boton(self, rotulo: str, ruta: str, obj, clases=("button-secondary",)) -> dict:
        """Un botón propio, que abre la pantalla ``ruta`` de ``obj``."""
        return self.enlace(rotulo, reverse(ruta, args=[obj.pk]), clases) | {"title": f"{rotulo}: {obj}"}

    def enlace(self, rotulo: str, url: str, clases=("button-secondary",)) -> dict:
        return {"url": url, "label": rotulo, "title": rotulo, "classname": self.finalise_classname([*clases])}
