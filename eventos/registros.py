"""Lo que las capacitaciones ofrecen a otros pisos: la página de un centro y el buscador del portal."""

from django.urls import reverse
from django.utils import timezone

from comun.registros import enlaces_de_centro, fuentes_de_busqueda, secciones_de_centro, secciones_de_entidad
from comun.relevancia import candidatas, mas_relevantes

from .models import Capacitacion, Invitacion
from .programa import programas_de

EN_LA_PAGINA_DEL_CENTRO = 5
INVITACIONES_EN_LA_FICHA = 50


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
    return {"titulo": "Invitaciones", "plantilla": "eventos/secciones/invitaciones.html", "contexto": contexto}


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
