"""Qué fila y qué valores lleva cada dirección con argumentos, para pedirla de verdad."""

import itertools
import re

from intranet.accesos import registros
from intranet.accesos.rutas import todas
from intranet.accesos.tabla import tabla

from .mundo import ANIO, MES

# Principio de la ruta: de qué fila es su llave. Manda el más largo.
POR_RUTA = {
    "intranet/capacitaciones/<int:pk>": "eventos.Capacitacion",
    "intranet/materiales/": "eventos.Material",
    "intranet/llamadas/": "eventos.Llamada",
    "intranet/expositores/": "eventos.Expositor",
    "intranet/fotos/": "eventos.FotoDeInforme",
    "intranet/expedientes/partes/": "eventos.ParteDeExpediente",
    "intranet/expedientes/anulados/": "eventos.CierreAnulado",
    "intranet/preguntas/": "eventos.Pregunta",
    "intranet/inscripciones/": "eventos.Inscripcion",
    "intranet/logistica/": "eventos.TareaLogistica",
    "intranet/mesas/": "eventos.Mesa",
    "intranet/firmas/": "eventos.Asistencia",
    "intranet/programa/importaciones/": "eventos.ImportacionDePrograma",
    "intranet/solicitudes-de-capacitacion/": "eventos.Solicitud",
    "intranet/pruebas/": "eventos.Prueba",
    "intranet/escaneos/": "eventos.Escaneo",
    "intranet/hojas/": "eventos.HojaDeRegistro",
    "intranet/validaciones/": "eventos.Validacion",
    "intranet/personal/": "directorio.Personal",
    "intranet/envios/": "correo.Envio",
    "intranet/envios/entregas/": "correo.Entrega",
    "intranet/elegir-entidad/": "directorio.Entidad",
    "intranet/operadores/": "directorio.Operador",
    "intranet/entidades/": "directorio.Entidad",
    "intranet/directorio/entidades/": "directorio.Entidad",
    "intranet/directorio/mio/": "directorio.Operador",
    "intranet/directorio/repetidas/<slug:que>/<": "directorio.Entidad",
    "intranet/directorio/importar/<int:pk>": "directorio.Importacion",
    "intranet/directorio/temas/": "directorio.TemaDeInteres",
    "intranet/directorio/partes/": "directorio.Cartera",
    "intranet/directorio/campanias/": "directorio.Campania",
    "intranet/directorio/campanias/pedidos/": "directorio.Pedido",
    "intranet/directorio/propuestas/": "directorio.Propuesta",
    "intranet/centros/": "organizacion.Centro",
    "intranet/traspasos/": "organizacion.Jurisdiccion",
    "intranet/encargaturas/": "encargatura",
    "intranet/privacidad/solicitudes/": "custodia.SolicitudDeDerechos",
    "intranet/documento/": "eventos.Inscripcion",
    "intranet/boletin-del-mes/aportes/": "boletines.Aporte",
    "intranet/difusion/": "boletines.CorreoDifundido",
    "intranet/boletines/remisiones/": "boletines.Remision",
    "intranet/boletines/suscriptor/": "boletines.Suscriptor",
    # De nadie en particular: no son de un centro.
    "intranet/difusion/comunicados/": "comunicado",
    "intranet/boletines/<int:pk>": "boletin",
    "intranet/boletines/suscriptor/importaciones/": "importacion",
    "intranet/rastro/": "huella",
    "intranet/elegir-distrito/": "distrito",
    "intranet/privacidad/incidentes/": "incidente",
    "intranet/privacidad/retencion/": "corrida",
    "intranet/cuentas/": "cuenta",
    "acceso/lo-escrito/": "texto",
    "acceso/sesiones/": "sesion",
}
POR_NOMBRE = {
    "eventos_intranet:expediente-reabrir": "cerrada",
    "eventos_intranet:expediente-archivo": "cerrada",
    "difusion_detalle": "enviado",
    "difusion_adjunto": "enviado",
    "custodia_solicitud_rectificar": "rectificacion",
    "custodia_solicitud_cancelar": "cancelacion",
}
VALORES = {"anio": ANIO, "mes": MES, "formato": "csv", "cual": "lista", "anexo": "8"}
# Con más de un valor posible, cada rol puede el suyo.
VARIOS = {
    "correo_envio_actuar": {"accion": ["pausar", "firmar"]},
    "custodia_solicitud_paso": {"paso": ["anular"]},
    "custodia_vulneracion_paso": {"paso": ["completar"]},
    "correo_entrega_decidir": {"accion": ["reintentar"]},
}
# Lo que una dirección pide después de «?»: de qué fila y qué campo suyo.
CONSULTAS = {
    "eventos_intranet:anexo4": ("entidad", "directorio.Entidad", "pk"),
    "eventos_intranet:programa-registrar": ("centro", "organizacion.Centro", "slug"),
    "eventos_intranet:programa-rapido": ("centro", "organizacion.Centro", "slug"),
    "eventos_intranet:programa-copiar": ("centro", "organizacion.Centro", "slug"),
    "eventos_intranet:programa-importar": ("centro", "organizacion.Centro", "slug"),
    "eventos_intranet:programa-plantilla": ("centro", "organizacion.Centro", "slug"),
}
ARGUMENTO = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
DE_OTROS = ("wagtail.", "rest_framework.", "axes.", "wagtail_modeladmin.", "django.", "allauth.")


def direcciones():
    """(nombre, ruta, patrón) sin repetir; una ruta con dos nombres sale dos veces."""
    return list({(nombre, ruta): (nombre, ruta, patron) for nombre, ruta, patron in todas()}.values())


def argumentos_de(ruta: str) -> list[str]:
    return [con_tipo or con_grupo for con_tipo, con_grupo in ARGUMENTO.findall(ruta)]


def llave_de(nombre: str, ruta: str) -> str | None:
    """De qué fila es la llave de la dirección: la etiqueta del modelo con que la guarda ``mundo``."""
    if nombre in POR_NOMBRE:
        return POR_NOMBRE[nombre]
    if modelo := _de_registros().get(nombre):
        return modelo._meta.label
    calzan = [principio for principio in POR_RUTA if ruta.startswith(principio)]
    return POR_RUTA[max(calzan, key=len)] if calzan else None


def _de_registros() -> dict:
    if not hasattr(_de_registros, "hallados"):
        pares = ((clase().url_helper, clase.model) for clase in registros.clases())
        _de_registros.hallados = {
            ayuda.get_action_url_name(accion): modelo for ayuda, modelo in pares for accion in registros.LETRAS
        }
    return _de_registros.hallados


def caminos(nombre: str, ruta: str, filas: dict) -> list[str]:
    """Las direcciones completas con que se pide ``nombre`` sobre ``filas``."""
    pedidos = argumentos_de(ruta)
    valores = {**VALORES, **filas.get("valores", {}), **filas.get("de_una", {}).get(nombre, {})}
    if pedidos and (llave := llave_de(nombre, ruta)):
        fila = filas[llave]
        valores |= {"pk": fila.pk, "instance_pk": fila.pk, "codigo": getattr(fila, "codigo", "")}
    varios = VARIOS.get(nombre, {})
    if faltan := [pedido for pedido in pedidos if pedido not in valores and pedido not in varios]:
        raise LookupError(f"{nombre} ({ruta}): diga en tests/accesos/direcciones.py qué valor lleva {faltan}")
    listas = [varios.get(pedido, [valores.get(pedido)]) for pedido in pedidos]
    return [_puesta(ruta, elegidos) + _consulta(nombre, filas) for elegidos in itertools.product(*listas)]


def _consulta(nombre, filas) -> str:
    if nombre not in CONSULTAS:
        return ""
    parametro, llave, campo = CONSULTAS[nombre]
    return f"?{parametro}={getattr(filas[llave], campo)}"


def de_relleno(ruta: str) -> str:
    """La dirección con cualquier cosa en cada argumento: la cerca decide antes de que se busque la fila."""
    return _puesta(ruta, ["1"] * len(argumentos_de(ruta)))


def _puesta(ruta, elegidos) -> str:
    siguientes = iter(elegidos)
    camino = ARGUMENTO.sub(lambda _: str(next(siguientes)), ruta)
    return "/" + re.sub(r"[\^$]|\\(?=\W)", "", camino)


def modulo_de(patron) -> str:
    """Dónde se escribió la vista, por debajo de sus decoradores."""
    vista = patron.callback
    while hasattr(vista, "__wrapped__"):
        vista = vista.__wrapped__
    clase = getattr(vista, "view_class", None) or getattr(vista, "__self__", vista)
    return getattr(clase, "__module__", type(clase).__module__)


def es_nuestra(patron) -> bool:
    return not modulo_de(patron).startswith(DE_OTROS)


def es_publica(nombre: str) -> bool:
    return "publico" in tabla()[nombre].lee
