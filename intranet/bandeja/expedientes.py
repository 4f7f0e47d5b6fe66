"""Los informes y los expedientes que esperan a cada quien (R91, R92)."""

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from comun.templatetags.comun import fecha_media
from eventos.models import Asistencia, Expositor, Informe, ParteDeInforme

from .asunto import Asunto, Linea, armar, de_sus_centros, lista


def _por_cerrar(usuario):
    """Las que se realizaron, con firmas, y su expediente sigue abierto: primero la que espera hace más."""
    firmas = Asistencia.objects.firmadas().filter(sesion__capacitacion=OuterRef("pk"))
    terminadas = de_sus_centros(usuario, "eventos.change_expediente").en_pie().pasadas()
    filas = terminadas.filter(Exists(firmas), cerrada_en__isnull=True)
    return filas.order_by("fecha_inicio", "pk")


def _presentados():
    return Informe.objects.filter(capacitacion=OuterRef("pk"), estado=Informe.Estado.PRESENTADO)


def informes_por_presentar(usuario) -> Asunto | None:
    if not usuario.has_perm("eventos.change_expediente"):
        return None
    filas = _por_cerrar(usuario).filter(~Exists(_presentados()))
    return armar("Informes de eventos por presentar", filas, _linea_de("informe"), url=lista("?cuando=pasadas"))


def expedientes_por_cerrar(usuario) -> Asunto | None:
    if not usuario.has_perm("eventos.change_expediente"):
        return None
    filas = _por_cerrar(usuario).filter(Exists(_presentados()))
    return armar("Expedientes por cerrar", filas, _linea_de("expediente"), url=lista("?cuando=pasadas"))


def _linea_de(pantalla):
    def linea(fila):
        url = reverse(f"eventos_intranet:{pantalla}", args=[fila.pk])
        return Linea(fila.titulo, url, fecha_media(fila.fecha_inicio))

    return linea


def sus_partes(usuario) -> Asunto | None:
    """Lo que cada especialista debe informar de las capacitaciones de varios sistemas en que expuso."""
    if not usuario.has_perm("eventos.change_informe"):
        return None
    entregadas = ParteDeInforme.objects.filter(expositor=OuterRef("pk"), entregada_en__isnull=False)
    terminadas = de_sus_centros(usuario, "eventos.change_informe").en_pie().pasadas()
    terminadas = terminadas.filter(~Exists(_presentados()), cerrada_en__isnull=True)
    de_varios = terminadas.annotate(cuantos=Count("sistemas", distinct=True)).filter(cuantos__gt=1)
    filas = Expositor.objects.filter(~Exists(entregadas), personal__usuario=usuario)
    filas = filas.filter(capacitacion__in=de_varios.order_by().values("pk")).select_related("capacitacion")
    return armar("Su parte del informe", filas, _linea_de_parte, es_urgente=True)


def _linea_de_parte(fila):
    url = reverse("eventos_intranet:informe-parte", args=[fila.pk])
    return Linea(fila.capacitacion.titulo, url, fecha_media(fila.capacitacion.fecha_inicio))
