"""Lo que ``home`` aporta al buscador: servicios, preguntas frecuentes, normas, páginas, secciones y documentos."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from comun.registros import fuentes_de_busqueda
from comun.relevancia import candidatas, mas_relevantes

from .models import BibliotecaPage, Norma, PaginaEstandar, PreguntasFrecuentesPage, ServicioPage

# Los documentos no guardan su texto: se comparan los títulos de los últimos.
DOCUMENTOS = 500


@fuentes_de_busqueda.anotar
def servicios(consulta, limite):
    paginas = ServicioPage.objects.live().public()
    return mas_relevantes(paginas, consulta, lambda pagina: _ficha("Servicios", pagina, pagina.resumen), limite)


@fuentes_de_busqueda.anotar
def preguntas(consulta, limite):
    """Cada pregunta por su cuenta, con el enlace a su respuesta."""
    paginas = PreguntasFrecuentesPage.objects.live().public()
    todas = [(pagina.get_url(), pregunta) for pagina in paginas for pregunta in pagina.preguntas]

    def ficha(fila):
        direccion, pregunta = fila
        return {
            "tipo": "Preguntas frecuentes",
            "titulo": pregunta.pregunta,
            "url": f"{direccion}#{pregunta.ancla}",
            "fecha": None,
            "texto": pregunta.texto,
        }

    return mas_relevantes(todas, consulta, ficha, limite)


@fuentes_de_busqueda.anotar
def normas(consulta, limite):
    """Las de la biblioteca, si está publicada."""
    biblioteca = BibliotecaPage.objects.live().public().first()
    if biblioteca is None:
        return []

    def ficha(norma):
        return {
            "tipo": "Normas",
            "titulo": f"{norma.numero}: {norma.titulo}",
            "url": biblioteca.direccion_de(norma),
            "fecha": norma.fecha,
            "texto": norma.sumilla,
            "pasada": "" if norma.esta_vigente else "Ya no rige",
        }

    return mas_relevantes(candidatas(Norma.objects.all(), consulta), consulta, ficha, limite)


@fuentes_de_busqueda.anotar
def paginas_estandar(consulta, limite):
    paginas = PaginaEstandar.objects.live().public()
    return mas_relevantes(paginas, consulta, lambda pagina: _ficha("Información", pagina, pagina.resumen), limite)


@fuentes_de_busqueda.anotar
def secciones(consulta, limite):
    """Las portadas de sección («Capacitaciones», «Normas»), por su título y su descripción."""
    paginas = Page.objects.live().public().filter(depth=3).not_type(PaginaEstandar)
    return mas_relevantes(
        paginas, consulta, lambda pagina: _ficha("Secciones", pagina, pagina.search_description), limite
    )


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


def _en_coleccion_cerrada() -> Q:
    cerradas = Q(pk__in=[])
    for ruta in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        cerradas |= Q(collection__path__startswith=ruta)
    return cerradas


def _ficha(tipo, pagina, texto):
    return {"tipo": tipo, "titulo": pagina.title, "url": pagina.get_url(), "fecha": None, "texto": texto}


def _ficha_de_documento(documento):
    return {
        "tipo": "Documentos",
        "titulo": documento.title,
        "url": documento.url,
        "fecha": documento.created_at.date(),
        "texto": documento.file_extension.upper(),
    }
