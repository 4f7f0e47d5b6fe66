"""Lo que comparten las pruebas de los derechos sobre los datos."""

import uuid

from custodia.actions import derechos
from custodia.models import SolicitudDeDerechos
from organizacion.models import Rol
from tests import personas

PERSONA = {
    "tipo_documento": "dni",
    "numero_documento": "40123456",
    "nombres": "Rosa",
    "apellidos": "Quispe Mamani",
    "representante": "",
    "correo": "rosa@muni.example",
    "telefono": "984123456",
}


def oficial():
    return personas.con_rol("odp", Rol.ODP)


def datos(derecho="acceso", **cambios):
    return {"derecho": derecho, **PERSONA, "pedido": "Quiero saber qué tienen de mí.", **cambios}


def solicitud(derecho="acceso", **cambios) -> SolicitudDeDerechos:
    return derechos.registrar(datos=datos(derecho, **cambios), envio=uuid.uuid4())


def verificada(derecho="acceso", por=None, correos="rosa@muni.example", **cambios) -> SolicitudDeDerechos:
    """Con la identidad comprobada en la mesa de partes."""
    por = por or oficial()
    return derechos.verificar(solicitud=solicitud(derecho, **cambios), identidad="documento", correos=correos, por=por)
