"""Cambiar el nombre de un centro o de una entidad sin perder el de antes."""

import datetime as dt

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from comun.registros import al_renombrar_centro
from custodia.actions import anotar
from directorio.models import Autoridad, CentroPage, Entidad, NombreDeEntidad, Operador
from organizacion.direcciones import olvidar_direcciones
from organizacion.models import Centro, NombreDeCentro, Rol

from .rechazos import CambioImposible

UN_DIA = dt.timedelta(days=1)


def _exigir_fecha_posible(anteriores, desde: dt.date) -> None:
    if desde > timezone.localdate():
        raise CambioImposible("El nombre cambia el día en que rige: la fecha no puede ser futura.")
    ultimo = anteriores.first()
    if ultimo and desde <= ultimo.hasta:
        raise CambioImposible(f"Su nombre actual rige desde el {ultimo.hasta + UN_DIA:%d/%m/%Y}.")


def _periodo(anteriores, cambia: dt.date) -> dict[str, dt.date | None]:
    """Entre qué fechas llevó su nombre quien lo cambia el día ``cambia``; ``desde``, vacío si no se sabe o no duró."""
    ultimo, hasta = anteriores.first(), cambia - UN_DIA
    desde = ultimo.hasta + UN_DIA if ultimo else None
    return {"desde": desde if desde and desde <= hasta else None, "hasta": hasta}


def guardar_nombre_de_antes(
    entidad: Entidad, nombre: str, *, cambia: dt.date | None = None, de_otra_fila: bool = False
) -> None:
    """``entidad`` se llamó ``nombre`` hasta el día anterior a ``cambia`` (hoy, si no se dice).

    ``de_otra_fila``: lo llevaba la que se le unió, no se sabe desde cuándo. Quien la llama guarda después la entidad y
    rehace la búsqueda de su gente con ``refrescar_su_gente``.
    """
    periodo = _periodo(entidad.nombres_anteriores, cambia or timezone.localdate())
    if de_otra_fila:
        periodo["desde"] = None
    NombreDeEntidad.objects.create(entidad=entidad, nombre=nombre, **periodo)


@transaction.atomic
def renombrar_entidad(*, entidad: Entidad, nombre: str, desde: dt.date, por, request=None) -> None:
    """Desde la fecha ``desde`` (hoy o antes) se llama ``nombre``; el de antes queda y se sigue encontrando por él.

    Levanta ``CambioImposible`` y no guarda nada.
    """
    entidad = Entidad.objects.select_for_update(of=("self",)).get(pk=entidad.pk)
    if nombre == entidad.nombre:
        raise CambioImposible("Ya se llama así.")
    _exigir_fecha_posible(entidad.nombres_anteriores, desde)
    guardar_nombre_de_antes(entidad, entidad.nombre, cambia=desde)
    entidad.nombre = nombre
    entidad.save()
    refrescar_su_gente([entidad.pk])
    anotar(accion="renombrar entidad", por=por, objeto=entidad, detalle={"desde": desde.isoformat()}, request=request)


def refrescar_su_gente(entidades: list[int]) -> None:
    """La búsqueda de operadores y autoridades lleva el nombre de su entidad: se rehace con el de ahora."""
    for modelo in (Operador, Autoridad):
        suyas = modelo.objects.filter(entidad__in=entidades)
        filas = list(suyas.select_related("entidad").prefetch_related("contactos"))
        for fila in filas:
            fila.refrescar_busqueda()
        modelo.objects.bulk_update(filas, ["texto_busqueda"], batch_size=500)


@transaction.atomic
def renombrar_centro(*, centro: Centro, nombre: str, slug: str, desde: dt.date, por, request=None) -> None:
    """Desde la fecha ``desde`` (hoy o antes) es el CONECTAMEF ``nombre``, en ``/centros/<slug>/``.

    Las direcciones con el identificador de antes llevan a las nuevas. Levanta ``CambioImposible`` y no guarda nada.
    """
    centro = Centro.objects.select_for_update(of=("self",)).get(pk=centro.pk)
    if (nombre, slug) == (centro.nombre, centro.slug):
        raise CambioImposible("Ya se llama así.")
    if Centro.objects.filter(slug=slug).exclude(pk=centro.pk).exists():
        raise CambioImposible("Otro centro ya usa ese identificador.")
    if NombreDeCentro.objects.filter(slug=slug).exclude(centro=centro).exists():
        raise CambioImposible("Ese identificador fue de otro centro y sus direcciones aún llevan a él.")
    _exigir_fecha_posible(centro.nombres_anteriores, desde)
    periodo = _periodo(centro.nombres_anteriores, desde)
    NombreDeCentro.objects.create(centro=centro, nombre=centro.nombre, slug=centro.slug, **periodo)
    nombre_antes, completo_antes = centro.nombre, centro.nombre_completo
    centro.nombre, centro.slug = nombre, slug
    centro.save()
    _mudar_pagina(centro, completo_antes, por)
    _mudar_grupos(nombre_antes, nombre)
    for avisar in al_renombrar_centro:
        avisar(centro)
    detalle = {"de": nombre_antes, "a": nombre, "direccion": slug, "desde": desde.isoformat()}
    anotar(accion="renombrar centro", por=por, objeto=centro, detalle=detalle, request=request)
    transaction.on_commit(olvidar_direcciones)


def _mudar_pagina(centro: Centro, titulo_antes: str, por) -> None:
    """Publica la página en su dirección nueva, sin publicar lo que alguien esté redactando en ella."""
    publicada = CentroPage.objects.filter(centro=centro).first()
    if publicada is None:
        return
    borrador = publicada.get_latest_revision_as_object() if publicada.has_unpublished_changes else None
    _con_nombre(publicada, centro, titulo_antes)
    revision = publicada.save_revision(user=por)
    if publicada.live:
        revision.publish(user=por, skip_permission_checks=True)  # quien cambia el nombre ya podía
    if borrador is not None:
        _con_nombre(borrador, centro, titulo_antes)
        borrador.save_revision(user=por)


def _con_nombre(pagina: CentroPage, centro: Centro, titulo_antes: str) -> None:
    pagina.slug = pagina.slug if _esta_ocupado(pagina, centro.slug) else centro.slug
    if pagina.title == titulo_antes:
        pagina.title = pagina.draft_title = centro.nombre_completo


def _esta_ocupado(pagina: CentroPage, slug: str) -> bool:
    return pagina.get_siblings(inclusive=False).filter(slug=slug).exists()


def _mudar_grupos(antes: str, nombre: str) -> None:
    """Los grupos de páginas se llaman por rol y centro: quien los tiene no deja de tenerlos."""
    for rol in Rol:
        Group.objects.filter(name=f"{rol.label} – {antes}").update(name=f"{rol.label} – {nombre}")
