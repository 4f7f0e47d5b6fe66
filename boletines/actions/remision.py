"""Remitir la edición a los centros y difundirla entre sus usuarios (R110). Repetir no hace daño."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from boletines.models import BoletinPage, Edicion, Remision
from boletines.tasks import mandar_a_ogti
from correo.actions import Destinatario, poner_en_cola
from correo.models import Envio
from correo.plantillas import componer
from custodia.actions import anotar
from organizacion.models import AjustesPortal, Asignacion, Centro, Rol, Usuario

from .envio import BoletinSinPublicar, SinSuscriptores, poner_edicion_en_cola

# Corregir y volver a aprobar una edición vieja no la reparte de nuevo.
DIAS_PARA_REMITIR = 45


class NoSeEnviaPorTodos(Exception):
    """El ajuste «Comunicaciones puede enviar la edición por todos los centros» está apagado."""


def remitir_si_procede(*, boletin: BoletinPage, por: Usuario) -> int:
    """Remite ``boletin`` recién aprobado si ya está en la web y es reciente; dice a cuántos centros."""
    publicado = BoletinPage.objects.live().filter(pk=boletin.pk).first()
    if publicado is None or timezone.localdate() - publicado.mes_siguiente > dt.timedelta(days=DIAS_PARA_REMITIR):
        return 0
    edicion, _ = Edicion.objects.get_or_create(anio=publicado.anio, mes=publicado.mes)
    return remitir(edicion=edicion, por=por)


@transaction.atomic
def remitir(*, edicion: Edicion, por: Usuario, request=None) -> int:
    """Entrega la edición a cada centro que atiende y le avisa a su coordinador; a la OGTI, los archivos (R110).

    Devuelve a cuántos centros se entregó ahora: ninguno si ya estaba remitida a todos. Levanta ``BoletinSinPublicar``.
    """
    edicion = Edicion.objects.select_for_update().get(pk=edicion.pk)
    boletin = boletin_publicado(edicion)
    con_remision = edicion.remisiones.values("centro")
    centros = Centro.objects.activos().exclude(pk__in=con_remision)
    nuevas = Remision.objects.bulk_create([Remision(edicion=edicion, centro=centro) for centro in centros])
    for remision in nuevas:
        _avisar(remision, boletin)
    if edicion.remitida_en is None:
        edicion.remitida_en, edicion.remitida_por = timezone.now(), por
        edicion.save(update_fields=["remitida_en", "remitida_por"])
    if nuevas:
        anotar(accion="remitir boletín", por=por, objeto=edicion, detalle={"centros": len(nuevas)}, request=request)
    transaction.on_commit(lambda: mandar_a_ogti.enqueue(edicion.pk))
    return len(nuevas)


def boletin_publicado(edicion: Edicion) -> BoletinPage:
    """La página de ``edicion``; ``BoletinSinPublicar`` si el público aún no la ve."""
    boletin = BoletinPage.objects.live().del_mes(edicion.anio, edicion.mes).first()
    if boletin is None:
        raise BoletinSinPublicar
    return boletin


def _avisar(remision: Remision, boletin: BoletinPage) -> None:
    contexto = {
        "remision": remision,
        "centro": remision.centro,
        "periodo": boletin.periodo,
        "url_difundir": settings.URL_DEL_SITIO + reverse("remision_difundir", args=[remision.pk]),
        "url_web": f"{settings.URL_DEL_SITIO}{boletin.get_url_parts()[2]}{remision.centro.slug}/",
    }
    asunto, texto, html = componer("boletines/correo/remision", contexto)
    poner_en_cola(
        clave=f"boletin-remision:{remision.edicion.slug}:{remision.centro.slug}",
        asunto=asunto,
        texto=texto,
        html=html,
        destinatarios=_coordinacion(remision.centro),
    )


def _coordinacion(centro: Centro) -> list[Destinatario]:
    """Quien coordina ``centro`` hoy, titular o encargado; si nadie tiene correo, el del centro."""
    vigentes = Asignacion.objects.vigentes().filter(rol=Rol.COORDINADOR, centro=centro, usuario__is_active=True)
    usuarios = [asignacion.usuario for asignacion in vigentes.select_related("usuario") if asignacion.usuario.email]
    if usuarios:
        return [Destinatario(u.email, nombre=str(u), clave=f"usuario:{u.pk}") for u in usuarios]
    return [Destinatario(centro.correo, nombre=centro.nombre_completo)] if centro.correo else []


@transaction.atomic
def difundir(*, remision: Remision, por: Usuario, por_delegacion: bool = False, request=None) -> Envio | None:
    """Envía la edición de un centro a sus suscriptores (R110). Repetirla devuelve el mismo envío.

    Levanta ``BoletinSinPublicar``, ``SinSuscriptores`` y ``NoPasaLaRevision``.
    """
    remision = Remision.objects.select_for_update(of=("self",)).select_related("edicion", "centro").get(pk=remision.pk)
    if remision.difundida_en:
        return remision.envio
    centro = remision.centro
    remision.envio = poner_edicion_en_cola(
        clave=f"boletin:{remision.edicion.slug}:{centro.slug}",
        boletin=boletin_publicado(remision.edicion),
        centro=centro,
        por=por,
    )
    remision.difundida_en, remision.difundida_por, remision.por_delegacion = timezone.now(), por, por_delegacion
    remision.save(update_fields=["envio", "difundida_en", "difundida_por", "por_delegacion"])
    detalle = {"envio": remision.envio.pk, "por_delegacion": por_delegacion}
    anotar(accion="difundir boletín", por=por, objeto=remision, detalle=detalle, request=request)
    return remision.envio


def difundir_por_todos(*, edicion: Edicion, por: Usuario, request=None) -> int:
    """Difunde en nombre de los centros lo que falta; dice cuántas ediciones. Salta los que no tienen suscriptores.

    Levanta ``NoSeEnviaPorTodos`` si el ajuste no lo permite. Cada centro se confirma aparte: si uno falla, los
    anteriores ya salieron y repetir sigue desde ahí.
    """
    if not AjustesPortal.load().boletin_por_todos:
        raise NoSeEnviaPorTodos
    cuantas = 0
    for remision in edicion.remisiones.por_difundir():
        try:
            difundir(remision=remision, por=por, por_delegacion=True, request=request)
        except SinSuscriptores:
            continue
        cuantas += 1
    return cuantas
