"""Solicitudes sobre datos personales e incidentes inventados: uno de cada caso, con su reloj en marcha."""

import datetime as dt

from django.utils import timezone

from custodia.models import (
    AjustesPrivacidad,
    CorridaDeRetencion,
    PasoDeSolicitud,
    PasoDeVulneracion,
    SolicitudDeDerechos,
    Vulneracion,
)
from custodia.numeracion import crear_con_numero
from custodia.reloj import sumar_habiles
from custodia.retencion import correr
from eventos.models import Inscripcion
from organizacion.models import Centro, Rol, Usuario

from .marcas import marcar

D, E = SolicitudDeDerechos.Derecho, SolicitudDeDerechos.Estado
# (derecho, estado, días calendario desde que llegó, qué pide).
CASOS = (
    (D.ACCESO, E.EN_ATENCION, 12, "Quiero saber qué datos míos tienen y a qué capacitaciones figuro inscrita."),
    (D.RECTIFICACION, E.EN_ATENCION, 12, "Mi segundo apellido está mal escrito en las inscripciones."),
    (D.CANCELACION, E.RECIBIDA, 1, "Ya no trabajo en la municipalidad: borren mis datos."),
    (D.OPOSICION, E.EN_VERIFICACION, 30, "No quiero que me inviten más a capacitaciones."),
    (D.PORTABILIDAD, E.POR_SUBSANAR, 9, "Quiero llevarme mis datos a otro sistema."),
    (D.INFORMACION, E.ATENDIDA, 40, "¿Para qué usan el teléfono que pide el formulario?"),
    (D.CANCELACION, E.DENEGADA, 60, "Borren mi nombre del registro firmado del taller."),
)
RESPUESTAS = {
    E.ATENDIDA: "Para avisarle si la capacitación cambia o se cancela. No se usa para nada más.",
    E.DENEGADA: "El registro firmado sustenta el gasto público y se conserva por las normas de archivo del Estado.",
}


def cargar_derechos(carga, hoy: dt.date) -> None:
    AjustesPrivacidad.objects.update_or_create(
        pk=AjustesPrivacidad.load().pk,
        defaults={"oficial": "Oficial de Datos Personales (demostración)", "correo": "odp@conectamef.example"},
    )
    oficial = Usuario.objects.filter(asignaciones__rol=Rol.ODP).first()
    inscripciones = Inscripcion.objects.select_related("persona").order_by("pk")[::40][: len(CASOS)]
    filas = [_solicitud(caso, de, oficial, hoy) for caso, de in zip(CASOS, inscripciones, strict=False)]
    marcar(carga, filas)
    marcar(carga, [_abierta(oficial), _cerrada(oficial)])
    marcar(carga, [correr(ensayo=True, por=oficial)])


def _solicitud(caso, inscripcion, oficial, hoy) -> SolicitudDeDerechos:
    derecho, estado, hace, pedido = caso
    recibida, persona = _dia_de_semana(hoy - dt.timedelta(days=hace)), inscripcion.persona
    en_papel = derecho == D.RECTIFICACION
    centro = Centro.objects.filter(slug="cusco").first() if en_papel else None
    datos = {
        "tipo_documento": persona.tipo_documento,
        "numero_documento": persona.numero_documento,
        "nombres": persona.nombres,
        "apellidos": persona.apellidos,
        "correo": inscripcion.correo,
        "canal": SolicitudDeDerechos.Canal.MESA if en_papel else SolicitudDeDerechos.Canal.WEB,
        "centro": centro,
        "registrada_por": Usuario.objects.filter(asignaciones__centro=centro).first() if centro else None,
        "recibida_el": recibida,
        "vence_el": sumar_habiles(recibida, AjustesPrivacidad.load().dias_de(derecho)),
    }
    solicitud = crear_con_numero(
        SolicitudDeDerechos,
        "SDP",
        derecho=derecho,
        estado=estado,
        pedido=pedido,
        **datos | _segun(estado, recibida, hoy),
    )
    _pasos(solicitud, oficial)
    return solicitud


def _dia_de_semana(fecha: dt.date) -> dt.date:
    """La mesa de partes no atiende en fin de semana: el viernes de antes."""
    return fecha - dt.timedelta(days=max(0, fecha.weekday() - 4))


def _segun(estado, recibida, hoy) -> dict:
    """Lo que lleva además una en ese estado."""
    if estado == E.EN_ATENCION:
        return {"identidad": SolicitudDeDerechos.Identidad.DOCUMENTO, "verificada_en": _a_los(recibida, 1)}
    if estado == E.POR_SUBSANAR:
        return {"pausada_el": hoy, "dias_que_faltaban": 14, "subsanar_hasta": sumar_habiles(hoy, 5)}
    if estado in RESPUESTAS:
        return {"respuesta": RESPUESTAS[estado], "cerrada_en": _a_los(recibida, 8)}
    return {}


def _a_los(recibida: dt.date, dias: int) -> dt.datetime:
    """A media mañana, ``dias`` después de recibida; nunca más allá de ahora."""
    momento = dt.datetime.combine(recibida + dt.timedelta(days=dias), dt.time(10, 30))
    return min(timezone.make_aware(momento), timezone.now())


def _pasos(solicitud, oficial) -> None:
    pasos = [("Recibida", "", solicitud.registrada_por, _a_los(solicitud.recibida_el, 0))]
    if solicitud.estado == E.EN_VERIFICACION:
        pasos.append(("En verificación", "", oficial, _a_los(solicitud.recibida_el, 1)))
    if solicitud.estado == E.EN_ATENCION:
        texto = solicitud.get_identidad_display()
        pasos.append(("Identidad verificada", texto, oficial, solicitud.verificada_en))
    if solicitud.estado == E.POR_SUBSANAR:
        texto = "La copia del documento no se lee: tráiganos otra."
        pasos.append(("Observada: por subsanar", texto, oficial, _a_los(solicitud.pausada_el, 0)))
    if solicitud.respuesta:
        pasos.append((solicitud.get_estado_display(), solicitud.respuesta, oficial, solicitud.cerrada_en))
    for que, texto, por, cuando in pasos:
        paso = PasoDeSolicitud.objects.create(solicitud=solicitud, que=que, texto=texto, por=por)
        PasoDeSolicitud.objects.filter(pk=paso.pk).update(ocurrido_en=cuando)


def _abierta(oficial) -> Vulneracion:
    detectada = timezone.now() - dt.timedelta(hours=27)
    return _incidente(
        oficial,
        detectada_en=detectada,
        vence_en=detectada + dt.timedelta(hours=48),
        que_paso="Se perdió una memoria USB con la lista de inscritos de un taller, sin contraseña.",
        datos="Nombres, documentos y correos de inscritos",
        cuantas=34,
    )


def _cerrada(oficial) -> Vulneracion:
    detectada = timezone.now() - dt.timedelta(days=90)
    return _incidente(
        oficial,
        detectada_en=detectada,
        vence_en=detectada + dt.timedelta(hours=48),
        que_paso="Un correo con la lista de operadores salió a una dirección equivocada.",
        datos="Nombres, cargos y correos de operadores",
        cuantas=12,
        medidas="Se pidió borrarlo y el destinatario lo confirmó. Se repasó cómo se difunde a una lista.",
        notificada_en=detectada + dt.timedelta(hours=31),
        constancia="Cargo de mesa de partes virtual (demostración)",
        afectados_en=detectada + dt.timedelta(hours=36),
        como_se_notifico="Por correo a cada una",
    )


def _incidente(oficial, **datos) -> Vulneracion:
    vulneracion = crear_con_numero(Vulneracion, "INC", registrada_por=oficial, **datos)
    pasos = [("Registrado", "", vulneracion.detectada_en + dt.timedelta(hours=1))]
    if vulneracion.notificada_en:
        pasos.append(("Notificado a la Autoridad", vulneracion.constancia, vulneracion.notificada_en))
        pasos.append(("Notificado a las personas", vulneracion.como_se_notifico, vulneracion.afectados_en))
    for que, texto, cuando in pasos:
        paso = PasoDeVulneracion.objects.create(vulneracion=vulneracion, que=que, texto=texto, por=oficial)
        PasoDeVulneracion.objects.filter(pk=paso.pk).update(ocurrido_en=cuando)
    return vulneracion


def quitar_derechos(carga) -> None:
    """También lo que alguien probó mientras duró la demostración."""
    PasoDeSolicitud.objects.filter(solicitud__creada_en__gte=carga.hecha_en).delete()
    SolicitudDeDerechos.objects.filter(creada_en__gte=carga.hecha_en).delete()
    PasoDeVulneracion.objects.filter(vulneracion__creada_en__gte=carga.hecha_en).delete()
    Vulneracion.objects.filter(creada_en__gte=carga.hecha_en).delete()
    CorridaDeRetencion.objects.filter(empezo_en__gte=carga.hecha_en, es_ensayo=True).delete()
    AjustesPrivacidad.objects.update(oficial="", correo="")
