from django.db.models import CharField
from django.utils.html import format_html_join


def renglones(*textos: str) -> str | None:
    """Los que no están vacíos, uno debajo de otro en la misma celda."""
    return format_html_join("", "<div>{}</div>", [(texto,) for texto in textos if texto]) or None


class ColumnaDelNombre:
    """La columna «__str__» de una lista: se ordena como la tabla si esta va por un texto; si no, no se ofrece.

    A «__str__», por sus guiones, Django le ofrece ordenar y no sabe por qué campo: deja las filas sin orden.
    """

    __name__ = "nombre"

    def __init__(self, modelo):
        primero = next(iter(modelo._meta.ordering), "")
        self.short_description = modelo._meta.verbose_name
        if primero.isidentifier() and isinstance(modelo._meta.get_field(primero), CharField):
            self.admin_order_field = primero

    def __call__(self, fila):
        return str(fila)

    def __str__(self):
        return self.__name__
