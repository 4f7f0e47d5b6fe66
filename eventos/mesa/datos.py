"""Lo que el aparato guarda para trabajar sin red: lo justo, y sin ningún documento entero."""

import hashlib

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format

from comun.templatetags.comun import documento_velado, hora
from eventos.cifras import firmas_por_sesion
from eventos.models import Asistencia, Inscripcion, Mesa
from eventos.sesiones import sesiones_de_firma
from organizacion.models import AjustesPortal


def datos_de(mesa: Mesa) -> dict:
    capacitacion = mesa.capacitacion
    sesiones = sesiones_de_firma(capacitacion)
    sal = _sal(mesa)
    return {
        "mesa": {"id": mesa.pk, "nombre": mesa.nombre, "vence": mesa.vence_en.isoformat()},
        "capacitacion": {"titulo": capacitacion.titulo, "ciudadania": capacitacion.abierta_a_ciudadania},
        "firma_en_pantalla": AjustesPortal.load().firma_en_pantalla,
        "sal": sal,
        "sesiones": [_sesion(sesion) for sesion in sesiones],
        "toca": sesion_que_toca(sesiones),
        "personas": [_persona(fila, sal) for fila in _inscritas(capacitacion)],
        "marcas": [_marca(fila) for fila in _marcas(sesiones)],
    }


def cuenta_de(mesa: Mesa) -> dict:
    """Cuántos firmaron en cada sesión, y de cuántos."""
    confirmadas = mesa.capacitacion.inscripciones.confirmadas().count()
    return {"firmas": firmas_por_sesion(mesa.capacitacion), "confirmadas": confirmadas}


def _sal(mesa) -> str:
    """Distinta en cada mesa: con ella el aparato reconoce un documento sin tener la lista de documentos."""
    return salted_hmac("eventos.mesa.documento", mesa.clave_sha256, algorithm="sha256").hexdigest()[:32]


def sesion_que_toca(sesiones, en=None) -> int | None:
    """La que se dicta ahora, o la de hoy que viene; si no, la última que pasó o la primera (R80, R81)."""
    ahora = timezone.localtime(en)
    de_hoy = [sesion for sesion in sesiones if sesion.fecha == ahora.date()]
    for sesion in de_hoy:
        if ahora < sesion.termina_en:
            return sesion.pk
    pasadas = [sesion for sesion in sesiones if sesion.fecha <= ahora.date()]
    elegida = (pasadas or sesiones[:1] or [None])[-1]
    return elegida and elegida.pk


def _sesion(sesion) -> dict:
    horas = f"{hora(sesion.hora_inicio)} a {hora(sesion.hora_fin)}"
    return {
        "id": sesion.pk,
        "texto": f"{date_format(sesion.fecha, 'D j M').lower()}, {horas}",
        "abre": sesion.fecha <= timezone.localdate(),
    }


def _inscritas(capacitacion):
    vigentes = capacitacion.inscripciones.vigentes().select_related("persona", "entidad")
    return vigentes.order_by("texto_busqueda", "pk")


def _persona(fila: Inscripcion, sal: str) -> dict:
    numero = fila.persona.numero_documento
    return {
        "id": fila.pk,
        "apellidos": fila.apellidos,
        "nombres": fila.nombres,
        "documento": documento_velado(numero),
        "huella": hashlib.sha256(f"{sal}{numero}".encode()).hexdigest()[:24],
        "codigo": fila.codigo,
        "entidad": "Ciudadano" if fila.es_ciudadano else fila.nombre_de_entidad,
        "cargo": fila.cargo,
        "confirmada": fila.estado == Inscripcion.Estado.CONFIRMADA,
        "virtual": fila.modalidad == "virtual",
    }


def _marcas(sesiones):
    filas = Asistencia.objects.firmadas().filter(sesion__in=[sesion.pk for sesion in sesiones])
    return filas.select_related("mesa", "registrada_por").order_by("pk")


def _marca(fila: Asistencia) -> dict:
    quien = fila.registrada_por
    return {
        "persona": fila.inscripcion_id,
        "sesion": fila.sesion_id,
        "medio": fila.medio,
        "mesa": fila.mesa_id,
        "donde": fila.mesa.nombre if fila.mesa_id else "Intranet",
        "quien": (quien.get_full_name() or quien.get_username()) if quien else "",
        "hora": hora(timezone.localtime(fila.registrada_en)),
    }
