"""El submenú del directorio: lo que se consulta y se hace cada semana, los registros y, al final, las cuentas."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem

from .cuentas.encargaturas import DA_CUENTAS, roles_que_encarga
from .importacion.permisos import tipos_de
from .permissions import (
    puede_buscar_en_directorio,
    puede_consultar,
    puede_encargar_partes,
    puede_ver_campanias,
    puede_ver_su_parte,
    puede_vincular_escritas,
)

# Los registros llevan los números de 0 a 99.
DESPUES = 900
# (rótulo, nombre de la ruta, icono, orden, a quién se le ofrece)
ENTRADAS = (
    ("Buscar", "directorio_buscar", "search", -10, puede_buscar_en_directorio),
    ("Consultar", "directorio_institucional", "group", -9, puede_consultar),
    ("Mi directorio", "mi_directorio", "tick-inverse", -8, puede_ver_su_parte),
    ("Campañas", "directorio_campanias", "mail", -7, puede_ver_campanias),
    ("Quién lleva qué", "directorio_partes", "list-ul", -6, puede_encargar_partes),
    ("Entidades escritas a mano", "directorio_escritas", "edit", DESPUES, puede_vincular_escritas),
    ("Importar y exportar", "directorio_importar", "upload", DESPUES, lambda usuario: bool(tipos_de(usuario))),
    ("Encargaturas", "encargaturas", "date", DESPUES + 1, lambda usuario: bool(roles_que_encarga(usuario))),
    ("Qué puede cada rol", "que_puede_cada_rol", "key", DESPUES + 2, lambda usuario: usuario.has_perm(DA_CUENTAS)),
)


class Entrada(MenuItem):
    """Una pantalla que no es un registro; ``visible(usuario)`` dice a quién se le ofrece."""

    def __init__(self, rotulo, ruta, icono, orden, visible):
        super().__init__(rotulo, reverse(ruta), name=ruta, icon_name=icono, order=orden)
        self.visible = visible

    def is_shown(self, request):
        return self.visible(request.user)


def entradas() -> list[MenuItem]:
    return [Entrada(*datos) for datos in ENTRADAS]
