"""Los incidentes de seguridad con datos personales: registrarlos, notificarlos a tiempo y cerrarlos con su informe."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from comun.pdf import pdf_desde_plantilla
from custodia.actions.rastro import anotar
from custodia.archivos import guardar_archivo
from custodia.correos import avisar_de_vulneracion
from custodia.models import AjustesPrivacidad, ArchivoPrivado, PasoDeVulneracion, Vulneracion
from custodia.numeracion import crear_con_numero
from custodia.tapar import tapar_texto
from organizacion.models import AjustesPortal

PREFIJO = "INC"
# A cuántas horas del plazo se avisa, una vez cada una.
AVISOS = (24, 4)


class NoSeCierra(Exception):
    """Le falta algo para cerrarse; el texto se muestra."""


class FaltaElMotivo(Exception):
    """La notificación ya constaba y corregirla se explica; el texto se muestra."""


@transaction.atomic
def registrar_vulneracion(*, datos: dict, por, request=None) -> Vulneracion:
    """Anota el incidente; el reloj corre desde que se detectó, no desde que se anota. De lo escrito sale un informe."""
    datos, horas = _sin_documentos(datos), dt.timedelta(hours=AjustesPrivacidad.load().horas_de_notificacion)
    vence_en = datos["detectada_en"] + horas
    vulneracion = crear_con_numero(Vulneracion, PREFIJO, **datos, vence_en=vence_en, registrada_por=por)
    _paso(vulneracion, "Registrado", por=por, request=request)
    return vulneracion


@transaction.atomic
def completar(*, vulneracion: Vulneracion, datos: dict, por, request=None) -> Vulneracion:
    """Lo que se fue sabiendo: qué datos, cuántas personas, qué medidas. Lo anterior queda en los pasos."""
    vulneracion, datos = _abierta(vulneracion), _sin_documentos(datos)
    antes = {campo: getattr(vulneracion, campo) for campo in datos}
    cambios = [campo for campo, valor in datos.items() if antes[campo] != valor]
    if not cambios:
        return vulneracion
    for campo in cambios:
        setattr(vulneracion, campo, datos[campo])
    vulneracion.save(update_fields=cambios)
    rotulos = {campo: Vulneracion._meta.get_field(campo).verbose_name for campo in cambios}
    texto = "\n".join(f"{rotulos[campo].capitalize()}, antes: {antes[campo] or '—'}" for campo in cambios)
    _paso(vulneracion, "Completado", texto=tapar_texto(texto), por=por, request=request)
    return vulneracion


def _sin_documentos(datos: dict) -> dict:
    """Con los documentos, correos y teléfonos que se colaron en lo escrito, tapados."""
    return {campo: tapar_texto(valor) if isinstance(valor, str) else valor for campo, valor in datos.items()}


@transaction.atomic
def notificar_a_la_autoridad(
    *, vulneracion: Vulneracion, en: dt.datetime, constancia: str, motivo: str = "", por, request=None
) -> Vulneracion:
    """Deja dicho cuándo se notificó y con qué constancia: el reloj se detiene. Corregirlo pide un ``motivo``."""
    datos = {"notificada_en": en, "constancia": constancia}
    return _notificar(vulneracion, datos, "Notificado a la Autoridad", motivo, por, request)


@transaction.atomic
def notificar_a_las_personas(
    *, vulneracion: Vulneracion, en: dt.datetime, como: str, motivo: str = "", por, request=None
) -> Vulneracion:
    datos = {"afectados_en": en, "como_se_notifico": tapar_texto(como)}
    return _notificar(vulneracion, datos, "Notificado a las personas", motivo, por, request)


def _notificar(vulneracion, datos: dict, que: str, motivo: str, por, request) -> Vulneracion:
    """``datos``: cuándo y cómo, en ese orden. Lo que ya constaba queda en el paso y su fecha, en el rastro."""
    vulneracion, motivo = _abierta(vulneracion), tapar_texto(motivo)
    (cuando_era, como_era), (cuando, como) = [getattr(vulneracion, campo) for campo in datos], datos.values()
    if (cuando_era, como_era) == (cuando, como):
        return vulneracion
    if cuando_era and not motivo:
        raise FaltaElMotivo(f"Ya consta que se notificó el {_momento(cuando_era)}: diga por qué se corrige.")
    for campo, valor in datos.items():
        setattr(vulneracion, campo, valor)
    vulneracion.save(update_fields=list(datos))
    texto, detalle = f"{_momento(cuando)}: {como}", {"cuando": cuando.isoformat()}
    if cuando_era:
        texto += f"\nAntes: {_momento(cuando_era)}: {como_era}\nPor qué se corrige: {motivo}"
        detalle["antes"] = cuando_era.isoformat()
    _paso(vulneracion, que, texto=texto, por=por, request=request, detalle=detalle, motivo=motivo)
    return vulneracion


def _momento(en: dt.datetime) -> str:
    return f"{timezone.localtime(en):%d/%m/%Y, %H:%M}"


@transaction.atomic
def cerrar_vulneracion(
    *, vulneracion: Vulneracion, conclusion: str, sin_notificar: str = "", por, request=None
) -> Vulneracion:
    """Lo cierra con su informe en PDF. Exige las medidas, la notificación a la Autoridad y la de las personas.

    ``sin_notificar``: por qué a las personas no hace falta; queda en lo actuado y en el informe.
    """
    vulneracion = _abierta(vulneracion)
    if not vulneracion.notificada_en:
        raise NoSeCierra("Falta registrar la notificación a la Autoridad.")
    if not vulneracion.medidas:
        raise NoSeCierra("Faltan las medidas que se tomaron.")
    if not vulneracion.afectados_en:
        if not sin_notificar.strip():
            raise NoSeCierra("Falta registrar la notificación a las personas, o decir por qué no hace falta.")
        texto = tapar_texto(sin_notificar)
        _paso(vulneracion, PasoDeVulneracion.SIN_NOTIFICAR, texto=texto, por=por, request=request)
    vulneracion.cerrada_en = timezone.now()
    _paso(vulneracion, "Cerrado", texto=tapar_texto(conclusion), por=por, request=request)
    vulneracion.informe = guardar_archivo(
        contenido=informe_de(vulneracion),
        nombre=f"{vulneracion.numero}.pdf",
        tipo="application/pdf",
        finalidad=ArchivoPrivado.Finalidad.DERECHOS,
        por=por,
    )
    vulneracion.save(update_fields=["cerrada_en", "informe"])
    return vulneracion


def informe_de(vulneracion: Vulneracion) -> bytes:
    contexto = {"vulneracion": vulneracion, "pasos": vulneracion.pasos.all(), "ajustes": AjustesPortal.load()}
    return pdf_desde_plantilla("custodia/pdf/vulneracion.html", contexto)


def avisar_plazos(en: dt.datetime | None = None) -> str:
    """Tarea periódica: avisa al Oficial cuando quedan 24 y 4 horas, una vez cada una. Sin a quién, insiste."""
    ahora, cuantos, sin_a_quien = en or timezone.now(), 0, 0
    for vulneracion in Vulneracion.objects.sin_notificar():
        toca = [horas for horas in AVISOS if vulneracion.falta(ahora) <= dt.timedelta(hours=horas)]
        nuevos = [horas for horas in toca if horas not in vulneracion.avisos]
        if nuevos and _avisar(vulneracion, nuevos):
            cuantos += 1
        elif nuevos:
            sin_a_quien += 1
    hecho = [f"{cuantos} avisos de incidentes por notificar"] if cuantos else []
    return "; ".join(
        hecho + ([f"{sin_a_quien} incidentes por notificar sin un Oficial con correo"] if sin_a_quien else [])
    )


@transaction.atomic
def _avisar(vulneracion, nuevos) -> bool:
    """Si el portal estuvo apagado y tocan los dos, sale solo el más urgente; dice si había a quién."""
    if not avisar_de_vulneracion(vulneracion, min(nuevos)):
        return False
    vulneracion.avisos = sorted({*vulneracion.avisos, *nuevos})
    vulneracion.save(update_fields=["avisos"])
    return True


def _abierta(vulneracion) -> Vulneracion:
    vulneracion = Vulneracion.objects.select_for_update().get(pk=vulneracion.pk)
    if vulneracion.cerrada_en:
        raise NoSeCierra("El incidente ya se cerró.")
    return vulneracion


def _paso(vulneracion, que, *, texto="", por, request=None, **del_rastro):
    anotar(accion=f"incidente: {que.lower()}", por=por, objeto=vulneracion, request=request, **del_rastro)
    PasoDeVulneracion.objects.create(vulneracion=vulneracion, que=que, texto=texto, por=por)
