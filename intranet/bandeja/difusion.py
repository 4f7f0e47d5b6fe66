"""El boletín del mes: aprobarlo, remitirlo y difundirlo."""

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse

from boletines.actions.envio import envio_de
from boletines.models import BoletinesIndexPage, BoletinPage, Edicion, Remision, Suscriptor
from boletines.permissions import (
    puede_aprobar,
    puede_difundir_edicion,
    puede_editar,
    puede_remitir,
    puede_ver_borradores,
)
from organizacion.models import Rol

from .asunto import LINEAS, Asunto, Linea, armar


def boletin(usuario) -> Asunto | None:
    """Lo que le falta a una edición ya armada: aprobarla, remitirla, difundirla (R110). Armarla está en ``aportes``."""
    if not puede_remitir(usuario):
        return None
    indice = BoletinesIndexPage.objects.first()
    ediciones = list(_ediciones().order_by("-anio", "-mes")[:LINEAS])
    lineas = []
    if puede_editar(usuario, indice):
        lineas += [_linea_de_borrador(edicion) for edicion in ediciones if not edicion.live]
    ultima = next((edicion for edicion in ediciones if edicion.live), None)
    lineas += _lo_que_falta_difundir(ultima) if ultima else []
    return Asunto("Boletín", lineas) if lineas else None


def _ediciones():
    return BoletinPage.objects.defer("cuerpo", "texto_busqueda").con_su_aprobacion()


def _linea_de_borrador(edicion) -> Linea:
    detalle = "En borrador: falta enviarla a aprobar"
    if flujo := edicion.current_workflow_state:
        en_curso = flujo.status == flujo.STATUS_IN_PROGRESS
        detalle = "Espera la aprobación de la OGAUC" if en_curso else "La OGAUC pide cambios"
    return Linea(edicion.title, reverse("wagtailadmin_pages:edit", args=[edicion.pk]), detalle)


def _lo_que_falta_difundir(ultima) -> list[Linea]:
    edicion = Edicion.objects.del_mes(ultima.anio, ultima.mes).annotate(remitidas=Count("remisiones")).first()
    tablero = reverse("boletin_difusion", args=[ultima.pk])
    nacional = envio_de(ultima)
    if edicion is None or not edicion.remitidas:
        # Lo que se envió a todos antes de que hubiera remisiones ya está repartido.
        return [] if nacional else [Linea(ultima.title, tablero, "Publicada: falta remitirla a los centros")]
    lineas = []
    if nacional is None and Suscriptor.objects.de_la_edicion(None).exists():
        url = reverse("boletin_enviar", args=[ultima.pk])
        lineas.append(Linea(ultima.title, url, "Falta difundirla a los suscriptores sin centro"))
    pendientes = edicion.remisiones.por_difundir().filter(centro__in=_centros_con_suscriptores()).count()
    if pendientes:
        plural = "centros aún no la difunden" if pendientes > 1 else "centro aún no la difunde"
        lineas.append(Linea(ultima.title, tablero, f"{pendientes} {plural}"))
    return lineas


def _centros_con_suscriptores():
    return Suscriptor.objects.confirmados().filter(recibe_boletin=True, centro__isnull=False).values("centro")


def por_aprobar(usuario) -> Asunto | None:
    """A la OGAUC, las ediciones que esperan su aprobación (ADR 0022)."""
    if not puede_ver_borradores(usuario) or not usuario.tiene_rol(Rol.OGAUC):
        return None
    en_flujo = [e for e in _ediciones().order_by("-anio", "-mes")[:12] if puede_aprobar(usuario, e)]
    lineas = [
        Linea(e.title, reverse("boletin_previa", args=[e.pk]), "Véala y apruébela o pida cambios") for e in en_flujo
    ]
    return Asunto("Boletín por aprobar", lineas, es_urgente=True) if lineas else None


def por_difundir(usuario) -> Asunto | None:
    """Al coordinador, la edición que se le remitió y aún no difunde (R110)."""
    if not usuario.has_perm("boletines.change_remision") or not usuario.tiene_rol(Rol.COORDINADOR):
        return None
    cuantos = _suscriptores_de_cada_centro()
    remisiones = Remision.objects.propias(usuario).por_difundir().select_related("edicion", "centro")
    suyas = remisiones.annotate(usuarios=Subquery(cuantos)).filter(usuarios__gt=0)[: 4 * LINEAS]
    return armar("Boletín por difundir", [r for r in suyas if puede_difundir_edicion(usuario, r)], _linea_de_remision)


def _suscriptores_de_cada_centro():
    suyos = Suscriptor.objects.confirmados().filter(recibe_boletin=True, centro=OuterRef("centro"))
    return suyos.order_by().values("centro").annotate(total=Count("pk")).values("total")


def _linea_de_remision(remision) -> Linea:
    usuarios = f"a los {remision.usuarios} usuarios" if remision.usuarios > 1 else "al único usuario"
    texto = f"Difunda el boletín de {remision.edicion.periodo} {usuarios} de {remision.centro.nombre_completo}"
    return Linea(texto, reverse("remision_difundir", args=[remision.pk]))
