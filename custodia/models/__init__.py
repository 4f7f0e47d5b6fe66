from .ajustes import AjustesPrivacidad
from .archivo import ArchivoPrivado, almacen_privado, ruta_privada
from .aviso import Aviso, Consentimiento
from .rastro import Eslabon, Huella, Punta, Sello, SoloAgregarQuerySet, SoloSeAgrega, SoloSeAgregan
from .retencion import CorridaDeRetencion
from .solicitud import PasoDeSolicitud, SolicitudDeDerechos
from .vulneracion import PasoDeVulneracion, Vulneracion

__all__ = [
    "AjustesPrivacidad",
    "ArchivoPrivado",
    "Aviso",
    "Consentimiento",
    "CorridaDeRetencion",
    "Eslabon",
    "Huella",
    "PasoDeSolicitud",
    "PasoDeVulneracion",
    "Punta",
    "Sello",
    "SoloAgregarQuerySet",
    "SoloSeAgrega",
    "SoloSeAgregan",
    "SolicitudDeDerechos",
    "Vulneracion",
    "almacen_privado",
    "ruta_privada",
]
