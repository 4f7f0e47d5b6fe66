"""Lo que las capacitaciones ofrecen a otros pisos: la página de un centro y el buscador del portal."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from comun.registros import (
    al_pasar_provincia,
    al_renombrar_centro,
    enlaces_de_centro,
    fuentes_de_busqueda,
    secciones_de_centro,
    secciones_de_entidad,
)
from comun.relevancia import candidatas, mas_relevantes

from .cifras import Cifras, cifras_por_capacitacion, cifras_totales
from .models import Capacitacion, Inscripcion, Invitacion
from .programa import programas_de

EN_LA_PAGINA_DEL_CENTRO = 5
INVITACIONES_EN_LA_FICHA = 50
CAPACITACIONES_EN_LA_FICHA = 30


@secciones_de_centro.anotar
def proximas_de_centro(centro):
    """Las próximas del programa de ``centro``, con las de la sede (R62)."""
    filas = Capacitacion.objects.publicadas().del_centro(centro).proximas().para_mostrar()
    return {
        "titulo": "Próximas capacitaciones",
        "plantilla": "eventos/_proximas_de_centro.html",
        "contexto": {
            "capacitaciones": filas[:EN_LA_PAGINA_DEL_CENTRO],
            "url": f"{reverse('eventos:calendario')}?centro={centro.slug}",
            "programas": programas_de(centro.slug),
        },
    }


@enlaces_de_centro.anotar
def preguntar_al_centro(centro):
    if not centro.esta_activo:
        return None
    return "Preguntar a este centro", f"{reverse('eventos:preguntar')}?centro={centro.slug}"


@secciones_de_entidad.anotar
def invitaciones_de_entidad(usuario, entidad):
    """A qué se la invitó y qué respondieron sus operadores (R76)."""
    if not usuario.has_perm("eventos.view_invitacion"):
        return None
    filas = Invitacion.objects.para(usuario).filter(entidad=entidad).select_related("capacitacion", "convocatoria")
    filas = list(filas.order_by("-convocatoria__enviada_en", "capacitacion", "nombre")[:INVITACIONES_EN_LA_FICHA])
    if not filas:
        return None
    contexto = {"invitaciones": filas, "tope": INVITACIONES_EN_LA_FICHA}
    return {
        "titulo": "Invitaciones",
        "plantilla": "eventos/secciones/invitaciones.html",
        "plantilla_pdf": "eventos/pdf/invitaciones_de_entidad.html",
        "contexto": contexto,
    }


@secciones_de_entidad.anotar
def capacitaciones_de_entidad(usuario, entidad):
    """En qué se inscribió y a qué asistió su gente (R102); participantes son solo quienes firmaron (R84)."""
    if not usuario.has_perm("eventos.view_inscripcion"):
        return None
    inscritas = Inscripcion.objects.para(usuario).vigentes().filter(entidad=entidad)
    filas = Capacitacion.objects.filter(pk__in=inscritas.values("capacitacion"))
    filas = filas.annotate(inscritos=Count("inscripciones", filter=Q(inscripciones__in=inscritas)))
    filas = list(filas.select_related("centro").order_by("-fecha_inicio", "-pk"))
    if not filas:
        return None
    cifras = cifras_por_capacitacion([fila.pk for fila in filas], entidad)
    contexto = {
        "filas": [(fila, cifras.get(fila.pk, Cifras())) for fila in filas[:CAPACITACIONES_EN_LA_FICHA]],
        "totales": cifras_totales([fila.pk for fila in filas], entidad),
        "cuantas": len(filas),
        "tope": CAPACITACIONES_EN_LA_FICHA,
    }
    plantilla = "eventos/secciones/capacitaciones_de_entidad.html"
    return {
        "titulo": "Capacitaciones de su gente",
        "plantilla": plantilla,
        "plantilla_pdf": "eventos/pdf/capacitaciones_de_entidad.html",
        "contexto": contexto,
    }


@fuentes_de_busqueda.anotar
def buscar_capacitaciones(consulta, limite):
    """Las publicadas que responden a ``consulta``; a igual relevancia, la más próxima, y al final las que pasaron."""
    hoy = timezone.localdate()
    filas = candidatas(Capacitacion.objects.publicadas().select_related("centro").order_by("-fecha_inicio"), consulta)

    def ficha(capacitacion):
        return {
            "tipo": "Capacitaciones",
            "titulo": capacitacion.titulo,
            "url": capacitacion.get_absolute_url(),
            "fecha": capacitacion.fecha_inicio,
            "texto": f"Cancelada. {capacitacion.donde}" if capacitacion.esta_cancelada else capacitacion.donde,
            "pasada": "Ya pasó" if capacitacion.fecha_fin and capacitacion.fecha_fin < hoy else "",
        }

    return mas_relevantes(filas, consulta, ficha, limite)


@al_renombrar_centro.anotar
def buscar_por_el_nombre_nuevo(centro):
    """Las suyas se encuentran por el nombre de hoy."""
    filas = list(Capacitacion.objects.filter(centro=centro).select_related("centro"))
    for fila in filas:
        fila.refrescar_busqueda()
    Capacitacion.objects.bulk_update(filas, ["texto_busqueda"], batch_size=500)


@al_pasar_provincia.anotar
def inscripciones_que_se_quedan(provincia, centro):
    """Las de entidades de ``provincia`` en capacitaciones de ``centro`` que aún no ocurren."""
    proximas = Capacitacion.objects.en_pie().proximas().filter(centro=centro).order_by()
    filas = Inscripcion.objects.vigentes().filter(capacitacion__in=proximas, entidad__distrito__provincia=provincia)
    cuantas = filas.count()
    return [f"Inscripciones en capacitaciones por venir que siguen con {centro}: {cuantas}."] if cuantas else []
