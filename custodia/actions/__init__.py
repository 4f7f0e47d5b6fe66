from .avisos import aviso_vigente, poner_avisos_al_dia, registrar_consentimiento
from .rastro import anotar

__all__ = ["anotar", "aviso_vigente", "poner_avisos_al_dia", "registrar_consentimiento"]
