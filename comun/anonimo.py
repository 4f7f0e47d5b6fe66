"""Con qué se reemplaza lo que identificaba a alguien: la fila sigue contando y ya no es de nadie."""

import secrets

NOMBRES = "Persona"
APELLIDOS = "retirada"
NOMBRE = f"{NOMBRES} {APELLIDOS}"
TEXTO = "[retirado]"
DOMINIO = "retirado.invalid"  # RFC 2606: no llega a nadie
# Ningún documento se llama así: no choca con uno de verdad ni se puede escribir en un formulario.
TIPO_DE_DOCUMENTO = "retirado"


def correo_de(llave) -> str:
    return f"retirado-{llave}@{DOMINIO}"


def documento_nuevo() -> str:
    """Doce caracteres al azar: dos anónimos no son el mismo, y ninguno vuelve a serlo."""
    return f"R{secrets.token_hex(6)}"[:12]
