"""De quién trata una huella: se busca a la persona por su nombre o su documento y se reúne lo anotado sobre ella.

La huella no señala a la persona: señala la fila que cambió. Qué filas son de quién lo sabe cada piso, y lo dice en
``comun.registros.huellas_de_persona`` (ADR 0025).
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, Q

from comun.alcance import alcance_de
from comun.busqueda import filtrar_por_texto
from comun.registros import huellas_de_persona

# Clase que va en la dirección: (modelo con ``texto_busqueda``, cómo se dice).
CLASES = {
    "persona": ("organizacion.persona", "Participante"),
    "operador": ("directorio.operador", "Operador del directorio"),
    "personal": ("directorio.personal", "Personal de los centros"),
    "suscriptor": ("boletines.suscriptor", "Suscriptor del boletín"),
}
POR_CLASE = 20


@dataclass(frozen=True)
class Afectado:
    clase: str
    fila: Model

    @property
    def referencia(self) -> str:
        return f"{self.clase}-{self.fila.pk}"

    @property
    def que_es(self) -> str:
        return CLASES[self.clase][1]

    @property
    def dato(self) -> str:
        """Lo que distingue a dos del mismo nombre, sin mostrar el documento entero."""
        if numero := getattr(self.fila, "numero_documento", ""):
            return f"{self.fila.get_tipo_documento_display()} ****{numero[-4:]}"
        return str(getattr(self.fila, "entidad", None) or getattr(self.fila, "centro", None) or "")

    def huellas(self) -> Q:
        """Filtro sobre ``Huella``: la fila misma y, de un participante, lo que cuelga de él."""
        suyas = Q(modelo=self.fila._meta.label_lower, objeto=str(self.fila.pk))
        if self.clase == "persona":
            for de_un_piso in huellas_de_persona:
                suyas |= de_un_piso(self.fila)
        return suyas


def buscar(texto: str, usuario) -> list[Afectado]:
    """Quienes coinciden con ``texto`` (nombre, documento o correo), hasta veinte por clase."""
    hallados = []
    for clase, (nombre, _) in CLASES.items():
        filas = filtrar_por_texto(_alcanzables(nombre, usuario), texto)[:POR_CLASE]
        hallados += [Afectado(clase, fila) for fila in filas]
    return hallados


def de_referencia(referencia: str, usuario) -> Afectado | None:
    """El de «persona-12», o ``None`` si no existe o no está a su alcance."""
    clase, _, llave = referencia.partition("-")
    if clase not in CLASES or not llave.isdecimal() or len(llave) > 18:
        return None
    fila = _alcanzables(CLASES[clase][0], usuario).filter(pk=int(llave)).first()
    return Afectado(clase, fila) if fila else None


def _alcanzables(nombre: str, usuario):
    """Donde alcanza su permiso de leer el rastro, aunque su rol no lleve el registro de esa clase."""
    filas = _filas(nombre)
    alcance = alcance_de(usuario, "custodia.view_huella")
    return filas.en(alcance) if hasattr(filas, "en") else filas


def _filas(nombre: str):
    modelo = apps.get_model(nombre)
    relacion = next((campo for campo in ("entidad", "centro") if hasattr(modelo, campo)), None)
    filas = modelo._default_manager.all()
    return filas.select_related(relacion) if relacion else filas
