from .acceso import AccesoForm, roles_posibles
from .busqueda import BusquedaDePersonalForm
from .entidad import EntidadForm, EntidadNuevaForm
from .movimientos import CeseForm, FinDePeriodoForm, NombreDeCentroForm, NombreDeEntidadForm, TrasladoForm, TraspasoForm
from .personal import PersonalForm

__all__ = [
    "AccesoForm",
    "BusquedaDePersonalForm",
    "CeseForm",
    "EntidadForm",
    "EntidadNuevaForm",
    "FinDePeriodoForm",
    "NombreDeCentroForm",
    "NombreDeEntidadForm",
    "PersonalForm",
    "TrasladoForm",
    "TraspasoForm",
    "roles_posibles",
]
