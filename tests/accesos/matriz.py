"""El recorrido de un rol por todas las direcciones, para contarlo y decir dónde la tabla y la vista no concuerdan."""

from intranet.accesos.tabla import entra

from .direcciones import caminos, de_relleno, direcciones, es_nuestra, es_publica
from .pedidos import SIN_CERCA, pedir, se_nego

METODOS = ("GET", "POST")
# Se le niega según la fila, no según el rol: lo hace solo quien expone, valida o escribe, y según en qué esté.
SEGUN_LA_FILA = {
    "aporte",
    "custodia_documento",
    "eventos_intranet:llamadas-reafirmar",
    "eventos_intranet:prueba-clave",
    "eventos_intranet:validacion",
}
SE_LE_NIEGA = "la tabla lo nombra y se le niega"
# Hecho lo suyo, vuelven a la portada, como hace Wagtail al negar: no se distinguen por la respuesta.
AL_INICIO = {"acceso_texto_descartar"}


def desacuerdos(cliente, usuario, rol: str, filas: dict) -> tuple[list[str], int]:
    """(lo que no concuerda, cuántos pedidos) de ``usuario`` en todo lo que no es público."""
    halladas, pedidos = [], 0
    for nombre, ruta, patron in direcciones():
        if es_publica(nombre):
            continue
        revisar = _la_nuestra if es_nuestra(patron) else _la_de_otros
        for metodo in METODOS:
            permite = entra(usuario, nombre, metodo)
            respuestas = revisar(cliente, metodo, nombre, ruta, filas, permite)
            pedidos += len(respuestas)
            queja = "" if nombre in AL_INICIO else _queja(respuestas, permite)
            # El superusuario no es quien expone ni quien valida: hay vistas que se lo niegan.
            if queja.startswith(SE_LE_NIEGA) and (nombre in SEGUN_LA_FILA or rol == "superusuario"):
                continue
            if queja:
                halladas.append(f"{metodo} {nombre} como {rol}: {queja}")
    return halladas, pedidos


def _la_nuestra(cliente, metodo, nombre, ruta, filas, permite):
    """A quien la tabla no nombra se le pide sin la cerca: la vista se niega también sola (ADR 0028)."""
    cuerpo = {"sistema": filas["organizacion.Sistema"].pk, "entidad": filas["directorio.Entidad"].pk}
    datos = {"data": cuerpo} if metodo == "POST" else {}
    cabeceras = {} if permite else SIN_CERCA
    return [pedir(cliente, metodo, camino, **datos, **cabeceras) for camino in caminos(nombre, ruta, filas)]


def _la_de_otros(cliente, metodo, nombre, ruta, filas, permite):
    """Las de Wagtail no preguntan por el rol: se comprueba que la cerca se las niegue. Que abran, más abajo."""
    return [] if permite else [pedir(cliente, metodo, de_relleno(ruta))]


def _queja(respuestas, permite) -> str:
    """A quien la tabla no nombra se le niega todo (405: la vista no atiende ese método); a quien nombra, nada falla
    ni se le niega por su rol.

    Una fila que no es suya (404) no es asunto de la tabla: de eso trata ``test_24_centros``.
    """
    codigos = [respuesta.status_code for respuesta in respuestas]
    if any(codigo >= 500 for codigo in codigos):
        return f"falla {codigos}"
    if not permite and any(not se_nego(respuesta) and respuesta.status_code != 405 for respuesta in respuestas):
        return f"la tabla no lo nombra y se abre {codigos}"
    if permite and 403 in codigos and set(codigos) <= {403, 405}:
        return f"{SE_LE_NIEGA} {codigos}"
    return ""
