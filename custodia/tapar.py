"""Lo que nunca queda en el texto del rastro: documentos, correos y teléfonos.

Quien anota no debe ponerlos; si uno se cuela, se tapa y se avisa en el registro del servidor, sin tumbar la acción.
"""

import logging
import re
import uuid

registro = logging.getLogger(__name__)

TAPADO = "[tapado]"
CORREO = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
# Ocho cifras o más seguidas que no son parte de un código: un DNI (con su dígito verificador o sin él), un RUC, un
# celular con su prefijo.
DOCUMENTO = re.compile(r"(?<![\w-])\d{8,}(?:-\d)?(?![\w-])")
# Las ocho de un DNI en grupos. No lo son dos años («2025 2026») ni un pedazo de una dirección IP.
_DOS_ANIOS = r"(?:19|20)\d\d (?:19|20)\d\d\b"
_GRUPOS = rf"\d{{2}}([. ])\d{{3}}\1\d{{3}}|(?!{_DOS_ANIOS})\d{{4}} \d{{4}}"
AGRUPADO = re.compile(rf"(?<![\w-])(?<!\d[.])(?:{_GRUPOS})(?:-\d)?(?![\w-]|[.]\d)")
# Como sea que siga, si antes dice qué documento es.
NOMBRADO = re.compile(r"(?<![^\W_])((?:dni|ruc)[\s:.°º#n_-]{0,6})\d(?:[ .-]?\d){7,}", re.IGNORECASE)
CELULAR = re.compile(r"(?<![\w-])(?:\+?51[ .-]?)?9\d{2}[ .-]?\d{3}[ .-]?\d{3}(?![\w-])")
LLAVES = {"dni", "documento", "numero_documento", "correo", "email", "telefono", "celular"}
# Cuentas que llegan a ocho cifras sin ser de nadie.
DE_CUENTA = {"octetos", "filas"}


def tapar_texto(texto: str) -> str:
    texto = NOMBRADO.sub(rf"\1{TAPADO}", texto)
    for patron in (CORREO, CELULAR, DOCUMENTO, AGRUPADO):
        texto = patron.sub(TAPADO, texto)
    return texto


def tapar_detalle(detalle: dict, accion: str) -> dict:
    """``detalle`` con lo personal tapado, a cualquier profundidad; cada hallazgo se avisa."""
    return {str(llave): _tapar(valor, str(llave), accion) for llave, valor in detalle.items()}


def avisar(accion: str, llave: str) -> None:
    registro.warning("La huella «%s» traía un dato personal en «%s»: se guardó tapado.", accion, llave)


def _tapar(valor, llave: str, accion: str):
    if isinstance(valor, dict):
        return tapar_detalle(valor, accion)
    if isinstance(valor, list | tuple | set):
        return [_tapar(uno, llave, accion) for uno in valor]
    if isinstance(valor, bool) or not isinstance(valor, str | int) or _es_uuid(valor) or llave in DE_CUENTA:
        return valor
    limpio = TAPADO if llave in LLAVES and valor else tapar_texto(str(valor))
    if limpio == str(valor):
        return valor
    avisar(accion, llave)
    return limpio


def _es_uuid(valor) -> bool:
    try:
        uuid.UUID(valor)
    except (ValueError, AttributeError, TypeError):
        return False
    return True
