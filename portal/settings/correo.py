"""De las variables de entorno a lo que espera anymail: cambiar de proveedor no toca el código."""

import json
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

_LITERALES = {"true": True, "false": False, "null": None}


def de_anymail(entorno: Mapping[str, str]) -> dict:
    """ANYMAIL_MAILGUN_API_KEY llega como MAILGUN_API_KEY. Un valor que empieza con «{» o «[» es JSON; «true» y «false»
    son booleanos; lo demás, texto. Levanta ``ImproperlyConfigured`` con el nombre de la variable mal escrita."""
    ajustes = {}
    for nombre, valor in entorno.items():
        if nombre.startswith("ANYMAIL_") and valor.strip():
            ajustes[nombre.removeprefix("ANYMAIL_")] = _valor(nombre, valor.strip())
    if "REQUESTS_TIMEOUT" in ajustes:
        ajustes["REQUESTS_TIMEOUT"] = _segundos(ajustes["REQUESTS_TIMEOUT"])
    if "WEBHOOK_SECRET" in ajustes:
        ajustes["WEBHOOK_SECRET"] = _secretos(ajustes["WEBHOOK_SECRET"])
    return ajustes


def _valor(nombre: str, valor: str):
    if valor.lower() in _LITERALES:
        return _LITERALES[valor.lower()]
    if valor[0] not in "{[":
        return valor
    try:
        return json.loads(valor)
    except ValueError as error:
        raise ImproperlyConfigured(f"{nombre} empieza como JSON y no lo es: {error}.") from error


def _segundos(valor):
    try:
        return float(valor)
    except (TypeError, ValueError) as error:
        raise ImproperlyConfigured("ANYMAIL_REQUESTS_TIMEOUT son segundos: un número.") from error


def _secretos(valor) -> list[str]:
    """Uno o varios «usuario:clave», separados por comas: con dos, se cambia el secreto sin perder avisos."""
    secretos = [s.strip() for s in valor.split(",")] if isinstance(valor, str) else valor
    if not isinstance(secretos, list) or not all(isinstance(s, str) and s.partition(":")[2] for s in secretos):
        raise ImproperlyConfigured("ANYMAIL_WEBHOOK_SECRET es «usuario:clave», o varios separados por comas.")
    return secretos
