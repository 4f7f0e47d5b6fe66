"""Registrar la asistencia de cada sesión: imprimir, firmar, pasar, escanear, y quién no cuenta (R80, R81, R84, R93)."""

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from eventos import permissions
from eventos.actions.enlaces_de_asistencia import cierra_en
from eventos.exclusiones import Recuento, recuento_de
from eventos.models import Asistencia, Sesion
from eventos.sesiones import sesiones_con_registro

from .paso import Boton, Estado, Mirada, Paso, cuantos


def asistencia(mirada: Mirada) -> Paso:
    sesiones = _sesiones(mirada)
    recuento = recuento_de(mirada.capacitacion, mirada.hoy)
    faltas = _faltas(mirada, sesiones)
    return Paso(
        "asistencia",
        "Registrar asistencia",
        _estado(mirada, sesiones, faltas),
        lineas=_lineas(mirada, sesiones, recuento),
        faltas=faltas,
        botones=_botones(mirada, recuento),
        plantilla="eventos/intranet/panel/asistencia.html",
        contexto={
            "capacitacion": mirada.capacitacion,
            "sesiones": sesiones,
            "confirmadas": mirada.confirmadas,
            "puede_ver": permissions.puede_ver_asistencia(mirada.usuario) and mirada.en_pie,
        },
    )


def _sesiones(mirada) -> list[Sesion]:
    """Las de firma, con ``firmas``, ``hojas_emitidas``, ``escaneada`` y ``en_papel`` (si alguien firmó en papel)."""
    con_registro = {sesion.pk for sesion in sesiones_con_registro(mirada.capacitacion)}
    sesiones = [sesion for sesion in mirada.sesiones if sesion.pk in con_registro]
    papel = Asistencia.objects.firmadas().filter(sesion__in=con_registro, medio=Asistencia.Medio.PAPEL)
    en_papel = set(papel.values_list("sesion", flat=True))
    cuentas = Sesion.objects.filter(pk__in=con_registro).annotate(
        escaneadas=Count("escaneos", distinct=True), emitidas=Max("hojas__emision")
    )
    cuentas = {sesion.pk: sesion for sesion in cuentas}
    for sesion in sesiones:
        sesion.en_papel = sesion.pk in en_papel
        sesion.escaneada = bool(cuentas[sesion.pk].escaneadas)
        sesion.emitida = bool(cuentas[sesion.pk].emitidas)
    return sesiones


def _estado(mirada, sesiones, faltas) -> Estado:
    if mirada.capacitacion.esta_cancelada:
        return Estado.NO_APLICA
    sin_firmas = [sesion for sesion in sesiones if sesion.fecha <= mirada.hoy and not sesion.firmas]
    if mirada.es_borrador or not sesiones or sesiones[0].fecha > mirada.hoy:
        return Estado.ESPERA
    if sin_firmas:
        return Estado.ATRASADO if any(sesion.fecha < mirada.hoy for sesion in sin_firmas) else Estado.TOCA
    if not mirada.ya_termino:
        return Estado.ESPERA
    return Estado.TOCA if faltas else Estado.HECHO


def _faltas(mirada, sesiones) -> list[str]:
    """Las sesiones pasadas que se firmaron en papel y no tienen su escaneo (R94)."""
    faltan = [s for s in sesiones if s.fecha <= mirada.hoy and s.en_papel and not s.escaneada and mirada.en_pie]
    if not faltan:
        return []
    if len(faltan) == len(sesiones):
        return ["Falta el registro firmado, escaneado."]
    return [f"Falta el registro escaneado del {sesion}." for sesion in map(str, faltan)]


def _lineas(mirada, sesiones, recuento: Recuento) -> list[str]:
    if not sesiones:
        return ["Aún no tiene sesiones."]
    if not recuento.sesiones or not mirada.en_pie:
        return []
    lineas = []
    if recuento.sin_contar:
        no_cuentan = cuantos(len(recuento.sin_contar), "inscripción no cuenta", "inscripciones no cuentan")
        lineas.append(f"{no_cuentan}: solo lo firmado cuenta.")
    if recuento.a_medias:
        personas = cuantos(len(recuento.a_medias), "persona firmó", "personas firmaron")
        lineas.append(f"{personas} en unas sesiones y en otras no.")
    return lineas


def _botones(mirada, recuento: Recuento) -> list[Boton]:
    botones = _mesas(mirada)
    if not permissions.puede_ver_asistencia(mirada.usuario) or not mirada.en_pie or not recuento.sesiones:
        return botones
    llave = [mirada.capacitacion.pk]
    botones.append(Boton("Quién no cuenta y por qué", reverse("eventos_intranet:no-cuentan", args=llave)))
    ultima = recuento.sesiones[-1]
    se_dicta = ultima.fecha == mirada.hoy and timezone.now() < cierra_en(ultima)
    if se_dicta and permissions.puede_enviar_enlaces(mirada.usuario, mirada.capacitacion):
        url = reverse("eventos_intranet:enlaces-enviar", args=llave, query={"sesion": ultima.pk})
        botones.insert(0, Boton("Enviar ahora los enlaces", url, es_post=True))
    if mirada.cifras.participantes and permissions.puede_ver_vistos_buenos(mirada.usuario):  # R85
        botones.append(Boton("Visto bueno en papeletas", reverse("eventos_intranet:vistos-buenos", args=llave)))
    return botones


def _mesas(mirada) -> list[Boton]:
    """La mesa en un teléfono o una tableta: abrirla, o ver las que están abiertas."""
    capacitacion, usuario = mirada.capacitacion, mirada.usuario
    if not permissions.puede_abrir_mesa(usuario, capacitacion) or not mirada.sesiones:
        return []
    abiertas = capacitacion.mesas.abiertas().count()
    if mirada.ya_termino and not abiertas:
        return []
    texto = f"Mesas ({cuantos(abiertas, 'abierta', 'abiertas')})" if abiertas else "Abrir una mesa"
    return [Boton(texto, reverse("eventos_intranet:mesas", args=[capacitacion.pk]))]
