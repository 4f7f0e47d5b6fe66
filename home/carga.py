"""Las páginas con que nace el portal. Repetirla no pisa lo que los editores cambiaron."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site, Task, Workflow

from boletines.flujo import cargar_flujo
from boletines.models import BoletinesIndexPage, ComunicadosIndexPage
from directorio.carga import cargar_paginas_de_centros
from directorio.models import CentrosIndexPage
from eventos.models import CalendarioPage
from organizacion.models import AjustesPortal

from .contenido import cargar_contenido
from .models import HomePage, Navegacion, NoticiasIndexPage, PaginaEstandar

TEXTOS = Path(__file__).parent / "datos"
SECCIONES = (
    (CalendarioPage, "capacitaciones", "Capacitaciones", "Cursos y charlas gratuitas para las entidades públicas."),
    (BoletinesIndexPage, "boletines", "Boletines", "El boletín electrónico mensual de los CONECTAMEF."),
    (ComunicadosIndexPage, "comunicados", "Comunicados", "Información oficial del MEF para las entidades públicas."),
    (CentrosIndexPage, "centros", "Centros", "Dónde está y a quién atiende cada CONECTAMEF."),
    (NoticiasIndexPage, "noticias", "Noticias", "Lo que pasa en los CONECTAMEF y lo nuevo para su entidad."),
)
PAGINAS = (
    ("sobre-los-conectamef", "Sobre los CONECTAMEF", "Qué son, a quiénes atienden y qué servicios dan."),
    ("privacidad", "Privacidad", "Qué datos personales usa este portal, para qué y cómo pedir que se corrijan."),
    ("accesibilidad", "Accesibilidad", "Qué se hizo para que todas las personas puedan usar este portal."),
)
# Los menús con que nace el portal: páginas hijas del inicio, por su dirección.
MENU = ("capacitaciones", "servicios", "centros", "comunicados", "noticias", "boletines", "normas")
PIE = (
    *MENU,
    *("preguntas-frecuentes", "como-presentar-su-escrito", "sobre-los-conectamef", "privacidad", "accesibilidad"),
)
CORTOS = {"normas": "Normas"}
PIE_APARTE = (("Suscripción", "/suscripcion/"), ("Datos abiertos", "/datos-abiertos/"), ("Buscar", "/buscar/"))

INICIO = (
    (
        "portada",
        {
            "titular": "Capacitación gratuita para su entidad",
            "bajada": "Los CONECTAMEF orientan y capacitan sin costo a quienes trabajan en gobiernos locales, "
            "regionales y demás entidades públicas del país.",
            "con_buscador": True,
            "con_mi_centro": True,
        },
    ),
    ("proximas", {"titulo": "Próximas capacitaciones", "cantidad": 6}),
    ("servicios", {"titulo": "Lo que hacemos por su entidad"}),
    ("boletin", {"titulo": "Boletín del mes"}),
    ("comunicados", {"titulo": "Comunicados vigentes", "cantidad": 3}),
    ("noticias", {"titulo": "Noticias", "cantidad": 3}),
    ("mapa", {"titulo": "Encuentre su centro"}),
)


@transaction.atomic
def cargar_paginas() -> HomePage:
    """Deja el sitio con su inicio, sus secciones y la página de cada centro; devuelve el inicio.

    Las secciones que falten se crean siempre; los textos legales, solo la primera vez: si un editor los quitó o
    les cambió la dirección, así se quedan.
    """
    AjustesPortal.load()  # nacen aquí: una visita no escribe nada
    inicio = HomePage.objects.first() or _crear_inicio()
    _apuntar_sitio(inicio)
    for modelo, slug, titulo, introduccion in SECCIONES:
        if not modelo.objects.exists():
            inicio.add_child(instance=modelo(slug=slug, title=titulo, introduccion=introduccion))
    cargar_paginas_de_centros(CentrosIndexPage.objects.get())
    cargar_contenido(inicio)
    _nombrar_revision()
    cargar_flujo()
    _poner_menus(inicio)
    return inicio


def _poner_menus(inicio: HomePage) -> None:
    """Solo la primera vez: después son de la Oficina de Comunicaciones."""
    navegacion = Navegacion.load()
    if navegacion.menu or navegacion.pie:
        return
    paginas = {pagina.slug: pagina for pagina in inicio.get_children()}
    navegacion.menu = [_enlace(paginas[slug], CORTOS.get(slug, "")) for slug in MENU if slug in paginas]
    navegacion.pie = [_enlace(paginas[slug]) for slug in PIE if slug in paginas]
    navegacion.pie.extend(_enlace(texto=texto, direccion=direccion) for texto, direccion in PIE_APARTE)
    navegacion.save()


def _enlace(pagina=None, texto="", direccion=""):
    return "enlace", {"pagina": pagina, "texto": texto, "direccion": direccion}


def _nombrar_revision() -> None:
    """El flujo que Wagtail trae está en inglés; su nombre completa el botón «Enviar a …»."""
    for modelo in (Workflow, Task):
        modelo.objects.filter(name="Moderators approval").update(name="revisión")


def _crear_inicio() -> HomePage:
    raiz = Page.get_first_root_node()
    inicio = raiz.add_child(
        instance=HomePage(
            title="Inicio",
            slug="inicio",
            secciones=[(tipo, dict(valor)) for tipo, valor in INICIO],
        )
    )
    for slug, titulo, resumen in PAGINAS:
        cuerpo = (TEXTOS / f"{slug}.html").read_text(encoding="utf-8")
        inicio.add_child(instance=PaginaEstandar(slug=slug, title=titulo, resumen=resumen, cuerpo=cuerpo))
    return inicio


def _apuntar_sitio(inicio: HomePage) -> None:
    """El sitio por defecto responde en ``URL_DEL_SITIO`` y abre en ``inicio``; la bienvenida de Wagtail se va."""
    direccion = urlsplit(settings.URL_DEL_SITIO)
    puerto = direccion.port or (443 if direccion.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": direccion.hostname, "port": puerto, "root_page": inicio}
    )
    for bienvenida in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
        bienvenida.delete()
