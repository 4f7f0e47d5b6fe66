"""Las clases de contacto que se verifican: cómo se listan, quién las lleva y cómo se dejan de usar."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from directorio.models import Autoridad, Cartera, Entidad, Medio, Operador, Personal

Parte = Cartera.Clase
NADA = Q(pk__in=[])


@dataclass(frozen=True)
class Clase:
    """``vivas()``: las filas que hoy figuran. ``de(partes)``: condición de las que caen en esas partes."""

    clave: str
    titulo: str
    modelo: type[Model]
    parte: str
    vivas: Callable[[], QuerySet]
    de: Callable[[Iterable[Cartera]], Q]
    # Qué dice el botón que la retira; vacío, no se retira desde aquí.
    retiro: str = ""

    def url_de_edicion(self, fila) -> str:
        """Su formulario en el registro, o el de su entidad si no tiene uno propio."""
        try:
            return reverse(f"directorio_{self.modelo._meta.model_name}_modeladmin_edit", args=[fila.pk])
        except NoReverseMatch:
            return reverse("directorio_entidad_modeladmin_edit", args=[fila.entidad_id])


def operadores_de(partes: Iterable[Cartera]) -> Q:
    """Los que operan un sistema de esas partes; los que no tienen ninguno anotado, de la parte sin sistema."""
    enlaces = Operador.sistemas.through.objects.all()
    condicion = NADA
    for parte in partes:
        if parte.clase != Parte.OPERADORES:
            continue
        if parte.sistema_id:
            suyos = Q(pk__in=enlaces.filter(sistema=parte.sistema_id).values("operador"))
        else:
            suyos = Q(~Exists(enlaces.filter(operador=OuterRef("pk"))))
        condicion |= Q(entidad__centro=parte.centro_id) & suyos
    return condicion


def _por_centro(clase: str, ruta: str) -> Callable[[Iterable[Cartera]], Q]:
    def de(partes):
        centros = [parte.centro_id for parte in partes if parte.clase == clase]
        return Q(**{f"{ruta}__in": centros}) if centros else NADA

    return de


CLASES = {
    clase.clave: clase
    for clase in (
        Clase(
            "operadores",
            "Operadores",
            Operador,
            Parte.OPERADORES,
            lambda: (
                Operador.objects.activos()
                .filter(entidad__esta_activa=True)
                .select_related("entidad")
                .prefetch_related("sistemas")
            ),
            operadores_de,
            "Ya no trabaja aquí",
        ),
        Clase(
            "entidades",
            "Entidades",
            Entidad,
            Parte.ENTIDADES,
            lambda: Entidad.objects.activas().select_related("distrito__provincia__departamento"),
            _por_centro(Parte.ENTIDADES, "centro"),
        ),
        Clase(
            "autoridades",
            "Autoridades",
            Autoridad,
            Parte.ENTIDADES,
            lambda: Autoridad.objects.vigentes(timezone.localdate()).select_related("entidad"),
            _por_centro(Parte.ENTIDADES, "entidad__centro"),
            "Ya no está en el cargo",
        ),
        Clase(
            "medios",
            "Medios",
            Medio,
            Parte.MEDIOS,
            lambda: Medio.objects.filter(esta_activo=True),
            _por_centro(Parte.MEDIOS, "centro"),
            "Ya no existe",
        ),
        Clase(
            "personal",
            "Personal",
            Personal,
            Parte.PERSONAL,
            lambda: Personal.objects.vigentes().select_related("sistema__organo", "organo"),
            _por_centro(Parte.PERSONAL, "centro"),
        ),
    )
}
_POR_MODELO = {clase.modelo: clase for clase in CLASES.values()}


def clase_de(fila: Model) -> Clase:
    return _POR_MODELO[type(fila)]


def primero_lo_vencido(filas: QuerySet) -> QuerySet:
    """Lo que nadie verificó nunca, después lo más antiguo."""
    return filas.order_by(F("verificado_en").asc(nulls_first=True), *filas.model._meta.ordering, "pk")
