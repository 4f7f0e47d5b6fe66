"""Lo que ``home`` aporta al buscador: contenido (servicios, preguntas, páginas), normas, documentos y materiales."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from comun.registros import fuentes_de_busqueda
from comun.relevancia import candidatas, mas_relevantes
from comun.texto import normalizar
from eventos.models import Capacitacion, Material
from organizacion.publico import version_publica

from .models import BibliotecaPage, Norma, PaginaEstandar, PreguntasFrecuentesPage, ServicioPage

# Documentos y materiales no guardan su texto: se comparan los títulos de los últimos.
DOCUMENTOS = 500
UNA_HORA = 3600


@dataclass(frozen=True)
class Entrada:
    """Una página o una pregunta, lista para comparar: no se vuelve a leer hasta que cambie lo público."""

    ficha: dict
    texto_busqueda: str


@fuentes_de_busqueda.anotar
def contenido(consulta, limite):
    """Servicios, preguntas frecuentes, páginas estándar y secciones; a lo más ``limite`` de cada tipo."""
    grupos, _ = _guardado()
    return [
        ficha
        for entradas in grupos
        for ficha in mas_relevantes(entradas, consulta, lambda entrada: entrada.ficha, limite)
    ]


@fuentes_de_busqueda.anotar
def normas(consulta, limite):
    """Las de la biblioteca, si está publicada."""
    _, biblioteca = _guardado()
    if not biblioteca:
        return []

    def ficha(norma):
        return {
            "tipo": "Normas",
            "titulo": f"{norma.numero}: {norma.titulo}",
            "url": f"{biblioteca}{norma.en_la_direccion}",
            "fecha": norma.fecha,
            "texto": norma.sumilla,
            "pasada": "" if norma.esta_vigente else "Ya no rige",
        }

    return mas_relevantes(candidatas(Norma.objects.all(), consulta), consulta, ficha, limite)


def _guardado() -> tuple[list[list[Entrada]], str]:
    return cache.get_or_set(f"home.contenido.{version_publica()}", _leer, UNA_HORA)


def _leer() -> tuple[list[list[Entrada]], str]:
    """El contenido publicado, por tipo, y la dirección de la biblioteca («» si no está publicada)."""
    biblioteca = BibliotecaPage.objects.live().public().first()
    secciones = Page.objects.live().public().filter(depth=3).not_type(PaginaEstandar)
    grupos = [
        [_entrada("Servicios", p, p.resumen, p.texto_busqueda) for p in ServicioPage.objects.live().public()],
        [e for p in PreguntasFrecuentesPage.objects.live().public() for e in _preguntas(p)],
        [_entrada("Información", p, p.resumen, p.texto_busqueda) for p in PaginaEstandar.objects.live().public()],
        [_entrada("Secciones", p, p.search_description) for p in secciones],
    ]
    return grupos, biblioteca.get_url() if biblioteca else ""


def _preguntas(pagina) -> list[Entrada]:
    """Cada pregunta por su cuenta, con el enlace a su respuesta."""
    return [
        Entrada(
            {
                "tipo": "Preguntas frecuentes",
                "titulo": pregunta.pregunta,
                "url": f"{pagina.get_url()}#{pregunta.ancla}",
                "fecha": None,
                "texto": pregunta.texto,
            },
            "",
        )
        for pregunta in pagina.preguntas
    ]


def _entrada(tipo, pagina, resumen, texto="") -> Entrada:
    ficha = {"tipo": tipo, "titulo": pagina.title, "url": pagina.get_url(), "fecha": None, "texto": resumen}
    return Entrada(ficha, normalizar(texto))


@fuentes_de_busqueda.anotar
def documentos(consulta, limite):
    """Los que enlaza una página publicada: uno recién subido para un comunicado en borrador no se adelanta."""
    publicas = Page.objects.live().public().annotate(llave=Cast("pk", CharField())).values("llave")
    enlazados = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=publicas,
        to_content_type=ContentType.objects.get_for_model(get_document_model()),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    filas = get_document_model().objects.filter(Exists(enlazados)).exclude(_en_coleccion_cerrada())
    filas = filas.order_by("-created_at")
    return mas_relevantes(filas[:DOCUMENTOS], consulta, _ficha_de_documento, limite)


@fuentes_de_busqueda.anotar
def materiales(consulta, limite):
    """Los que ya se pueden bajar de las capacitaciones publicadas, los últimos primero."""
    terminadas = Capacitacion.objects.en_pie().filter(fecha_fin__lt=timezone.localdate())
    visibles = Q(visible_antes=True) | Q(capacitacion__in=terminadas)
    filas = Material.objects.filter(visibles, capacitacion__in=Capacitacion.objects.publicadas())
    filas = filas.select_related("capacitacion").order_by("-pk")[:DOCUMENTOS]
    return mas_relevantes(filas, consulta, _ficha_de_material, limite)


def _en_coleccion_cerrada() -> Q:
    cerradas = Q(pk__in=[])
    for ruta in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        cerradas |= Q(collection__path__startswith=ruta)
    return cerradas


def _ficha_de_documento(documento):
    return {
        "tipo": "Documentos",
        "titulo": documento.title,
        "url": documento.url,
        "fecha": documento.created_at.date(),
        "texto": documento.file_extension.upper(),
    }


def _ficha_de_material(material):
    return {
        "tipo": "Materiales de capacitaciones",
        "titulo": material.titulo,
        "url": material.get_absolute_url(),
        "fecha": material.capacitacion.fecha_inicio,
        "texto": f"{material.formato}. {material.capacitacion.titulo}",
    }
