"""De quién trata una huella: se busca a la persona por su nombre o su documento y se reúne lo anotado sobre ella.

La huella no señala a la persona: señala la fila que cambió. Son suyas las que llevan su documento y su cuenta; lo que
cuelga de ellas lo sabe cada piso, y lo dice en ``comun.registros.huellas_de_persona`` (ADR 0025).
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Model, Q

from comun.alcance import alcance_de
from comun.busqueda import filtrar_por_texto, palabras_de
from comun.registros import huellas_de_persona
from comun.texto import normalizar
from organizacion.models import Asignacion, Persona, Usuario

from .models import SolicitudDeDerechos

# Clase que va en la dirección: (modelo, cómo se dice).
CLASES = {
    "persona": ("organizacion.persona", "Participante"),
    "operador": ("directorio.operador", "Operador del directorio"),
    "personal": ("directorio.personal", "Personal de los centros"),
    "usuario": ("organizacion.usuario", "Cuenta de la intranet"),
    "suscriptor": ("boletines.suscriptor", "Suscriptor del boletín"),
    "solicitud": ("custodia.solicituddederechos", "Pidió algo sobre sus datos"),
}
POR_CLASE = 20


@dataclass(frozen=True)
class Afectado:
    clase: str
    fila: Model

    def __str__(self):
        if self.clase == "solicitud":
            return f"{self.fila.apellidos}, {self.fila.nombres} ({self.fila})"
        return str(self.fila)

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
        if self.clase == "usuario":
            return self.fila.username
        return str(getattr(self.fila, "entidad", None) or getattr(self.fila, "centro", None) or "")

    def huellas(self) -> Q:
        """Filtro sobre ``Huella``: las filas de la misma persona, sus roles y lo que cuelga de ellas."""
        filas = _de_la_misma(self.fila)
        suyas = reduce(or_, (Q(modelo=fila._meta.label_lower, objeto=str(fila.pk)) for fila in filas))
        roles = Asignacion.objects.filter(usuario__in=[fila for fila in filas if isinstance(fila, Usuario)])
        suyas |= Q(modelo="organizacion.asignacion", objeto__in=[str(rol.pk) for rol in roles])
        for persona in (fila for fila in filas if isinstance(fila, Persona)):
            for de_un_piso in huellas_de_persona:
                suyas |= de_un_piso(persona)
        return suyas


def buscar(texto: str, usuario) -> list[Afectado]:
    """Quienes coinciden con ``texto`` (nombre, documento o correo), hasta veinte por clase.

    La cuenta de alguien del personal que ya está en la lista no se repite: se llega a lo mismo.
    """
    hallados = []
    for clase, (nombre, _) in CLASES.items():
        filas = _alcanzables(nombre, usuario)
        if clase == "usuario":
            de_hallados = {getattr(hallado.fila, "usuario_id", None) for hallado in hallados}
            filas = [cuenta for cuenta in _cuentas(filas, texto) if cuenta.pk not in de_hallados]
        else:
            filas = filtrar_por_texto(filas, texto)
        hallados += [Afectado(clase, fila) for fila in filas[:POR_CLASE]]
    return hallados


def de_referencia(referencia: str, usuario) -> Afectado | None:
    """El de «persona-12», o ``None`` si no existe o no está a su alcance."""
    clase, _, llave = referencia.partition("-")
    if clase not in CLASES or not llave.isdecimal() or len(llave) > 18:
        return None
    fila = _alcanzables(CLASES[clase][0], usuario).filter(pk=int(llave)).first()
    return Afectado(clase, fila) if fila else None


def _cuentas(cuentas, texto) -> list[Usuario]:
    """No tienen columna de búsqueda y son pocas: se miran todas."""
    palabras = palabras_de(texto)
    dichas = ((cuenta, normalizar(f"{cuenta} {cuenta.username} {cuenta.email}")) for cuenta in cuentas)
    return [cuenta for cuenta, dicha in dichas if palabras and all(palabra in dicha for palabra in palabras)]


def _cuenta_de(fila) -> Usuario | None:
    return fila if isinstance(fila, Usuario) else getattr(fila, "usuario", None)


def _de_la_misma(fila) -> list[Model]:
    """``fila`` y las otras de la misma persona: las que llevan su documento y su cuenta. Nunca por el correo."""
    if isinstance(fila, Usuario):
        fila = getattr(fila, "personal", fila)
    filas = [fila]
    if persona := fila if isinstance(fila, Persona) else getattr(fila, "persona", None):
        filas += [persona, *persona.operadores.all(), *persona.personal.select_related("usuario")]
    if con_documento := next((una for una in filas if hasattr(una, "numero_documento")), None):
        filas += SolicitudDeDerechos.objects.filter(
            tipo_documento=con_documento.tipo_documento, numero_documento=con_documento.numero_documento
        )
    return [*filas, *filter(None, map(_cuenta_de, filas))]


def _alcanzables(nombre: str, usuario):
    """Donde alcanza su permiso de leer el rastro, aunque su rol no lleve el registro de esa clase."""
    filas = _filas(nombre)
    alcance = alcance_de(usuario, "custodia.view_huella")
    return filas.en(alcance) if hasattr(filas, "en") else filas


def _filas(nombre: str):
    modelo = apps.get_model(nombre)
    campos = {campo.name for campo in modelo._meta.fields}
    relacion = next((campo for campo in ("entidad", "centro") if campo in campos), None)
    filas = modelo._default_manager.all()
    return filas.select_related(relacion) if relacion else filas
