"""Un correo y un teléfono que se muestran sin decirlos: quien los conoce los reconoce."""


def tapar_correo(correo: str) -> str:
    """«jperez@muni.example» → «j•••@muni.example»."""
    cuenta, arroba, dominio = correo.partition("@")
    return f"{cuenta[:1]}•••{arroba}{dominio}" if correo else ""


def tapar_telefono(telefono: str) -> str:
    """«984123456» → «••••••456»."""
    cifras = "".join(letra for letra in telefono if letra.isdigit())
    return f"••••••{cifras[-3:]}" if cifras else ""
