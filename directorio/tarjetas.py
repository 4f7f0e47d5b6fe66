"""El personal como tarjetas vCard: al público, lo que la web muestra; al personal, también sus otros contactos."""

from comun.vcard import tarjeta, telefono
from directorio.models import Contacto, Personal
from organizacion.models import AjustesPortal


def tarjeta_de(personal: Personal, ajustes: AjustesPortal, *, completa=False) -> str:
    """``completa``: con sus otros correos y teléfonos, y de quién depende (R3)."""
    centro = personal.centro
    donde = centro.nombre_completo if centro else (personal.organo.nombre if personal.organo_id else "Sede")
    propiedades = [
        ("KIND", "individual"),
        ("FN", str(personal)),
        ("N", (personal.apellidos, personal.nombres, "", "", "")),
        ("ORG", (ajustes.institucion, donde)),
        ("TITLE", personal.cargo_completo),
        *_telefonos(personal),
        ("EMAIL;TYPE=work", personal.correo),
        *_lugar(centro),
    ]
    if completa:
        propiedades += _otros(personal)
        propiedades.append(("NOTE", personal.dependencias))
    return tarjeta(propiedades)


def _telefonos(personal):
    """El suyo; si no tiene, el de su centro con su anexo."""
    suyo = personal.telefono or (personal.centro.telefono if personal.centro_id else "")
    if suyo:
        yield "TEL;VALUE=uri;TYPE=work", telefono(suyo, personal.anexo)


def _lugar(centro):
    if centro and centro.direccion:
        distrito = centro.distrito
        ciudad, region = (distrito.nombre, distrito.provincia.departamento.nombre) if distrito else (centro.nombre, "")
        yield "ADR;TYPE=work", ("", "", centro.direccion, ciudad, region, "", "Perú")


def _otros(personal):
    for contacto in personal.contactos.all():
        if contacto.clase == Contacto.Clase.CORREO:
            yield "EMAIL", contacto.valor
        else:
            yield "TEL;VALUE=uri", telefono(contacto.valor)
