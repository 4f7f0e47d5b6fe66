"""El menú de la intranet: en un solo orden, y para cada quien solo lo que usa."""

from django.urls import reverse
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.search import SearchArea

from comun.alcance import alcance_de
from organizacion.models import Rol

# Lo que no figura va después, en el orden que traiga.
ORDEN = (
    "inicio",
    "programa-del-mes",
    "capacitaciones",
    "solicitudes",
    "agenda",
    "validaciones",
    "inscripciones",
    "preguntas",
    "estadistica-de-capacitacion",
    "directorio",
    "difundir",
    "mural",
    "contenido",
    "explorer",
    "pagina-del-centro",
    "cierres-y-horarios",
    "images",
    "documents",
    "custodia",
    "organizacion",
    "reports",
    "settings",
)
# Lo que va en el submenú «Difusión»; a quien ve menos de tres, sueltas.
DE_DIFUSION = ("boletin-del-mes", "boletines", "difusion", "suscriptores", "envios")
CABEN_SUELTAS = 2
# La ayuda de Wagtail lleva fuera del portal y habla de Wagtail.
OCULTOS = {"help"}
SOLO_SUPERUSUARIO = {"reports"}
# De «Configuración»: lo que cambia cómo funciona el portal.
DE_SUPERUSUARIO = {
    "sites",
    "collections",
    "workflows",
    "workflow-tasks",
    "groups",
    "locales",
}


class BuscadorDe(SearchArea):
    """El buscador del menú abre el primero que el usuario puede usar: sus registros antes que las páginas."""

    def __init__(self, rotulo, nombre_de_ruta, permiso, order):
        super().__init__(rotulo, reverse(nombre_de_ruta), order=order)
        self.permiso = permiso

    def is_shown(self, request):
        return request.user.has_perm(self.permiso)


def entrada_de_inicio() -> MenuItem:
    return MenuItem("Inicio", reverse("wagtailadmin_home"), name="inicio", icon_name="home", order=0)


class GuiaDeEstilo(MenuItem):
    """Para quien escribe o configura; cualquiera del personal puede abrir la dirección."""

    def is_shown(self, request):
        return request.user.tiene_rol(Rol.COMUNICACIONES, Rol.ADMINISTRADOR)


def entrada_de_estilo() -> MenuItem:
    return GuiaDeEstilo("Guía de estilo", reverse("estilo"), name="estilo", icon_name="view", order=900)


def ordenar_principal(request, entradas) -> None:
    """Quita lo que ``request.user`` no usa y ordena lo demás según ``ORDEN``."""
    entradas[:] = [entrada for entrada in entradas if _le_sirve(request.user, entrada)]
    _agrupar_difusion(entradas)
    for entrada in entradas:
        if entrada.name in ORDEN:
            entrada.order = ORDEN.index(entrada.name)


def _agrupar_difusion(entradas) -> None:
    suyas = [entrada for entrada in entradas if entrada.name in DE_DIFUSION]
    for entrada in suyas:  # sueltas, van donde iría el submenú
        entrada.order = ORDEN.index("difundir") + DE_DIFUSION.index(entrada.name) / 10
    if len(suyas) <= CABEN_SUELTAS:
        return
    grupo = SubmenuMenuItem("Difusión", Menu(items=suyas), name="difundir", icon_name="mail")
    entradas[:] = [entrada for entrada in entradas if entrada not in suyas] + [grupo]


def llevar_a_su_pagina(request, entradas) -> None:
    """A quien solo edita la página de su centro, «Páginas» le abriría un explorador vacío: va derecho a ella."""
    pagina = getattr(request.user.centro, "pagina", None)
    if pagina is None or alcance_de(request.user).nacional:
        return
    url = reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    suya = MenuItem("Página del centro", url, name="pagina-del-centro", icon_name="doc-empty", order=0)
    entradas[:] = [suya if entrada.name == "explorer" else entrada for entrada in entradas]


def _le_sirve(usuario, entrada) -> bool:
    return entrada.name not in OCULTOS and (usuario.is_superuser or entrada.name not in SOLO_SUPERUSUARIO)


def recortar_configuracion(request, entradas) -> None:
    if not request.user.is_superuser:
        entradas[:] = [entrada for entrada in entradas if entrada.name not in DE_SUPERUSUARIO]
