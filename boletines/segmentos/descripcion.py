"""Un segmento en palabras: «Municipalidades de Cusco: operadores de Presupuesto»."""

from boletines.models import Suscriptor
from directorio.models import Entidad
from organizacion.models import Centro, Provincia, Sistema

from .audiencia import Audiencia

NOMBRE_DE_TIPO = {
    Entidad.Tipo.GN: "entidades del gobierno nacional",
    Entidad.Tipo.GR: "gobiernos regionales",
    Entidad.Tipo.GL: "municipalidades",
    Entidad.Tipo.ETE: "entidades de tratamiento empresarial",
}


def describir(segmento) -> str:
    centro = Centro.objects.filter(pk=segmento.centro).first() if segmento.es_de_un_centro() else None
    sistemas = _enumerar([s.nombre for s in Sistema.objects.filter(pk__in=segmento.sistemas)])
    partes = []
    if {Audiencia.OPERADORES, Audiencia.ENTIDADES} & set(segmento.audiencias):
        partes.append(_describir_directorio(segmento, centro, sistemas))
    if Audiencia.SUSCRIPTORES in segmento.audiencias:
        lugar = f" de {centro}" if centro else ""
        temas = f", tema {sistemas}" if sistemas else ""
        que = Suscriptor.Tipo(segmento.correo).label
        partes.append(f"suscriptores{lugar} que reciben {que[0].lower()}{que[1:]}{temas}")
    texto = "; ".join(partes)
    return texto[:1].upper() + texto[1:]


def _describir_directorio(segmento, centro: Centro | None, sistemas: str) -> str:
    tipos = _enumerar([NOMBRE_DE_TIPO[tipo] for tipo in NOMBRE_DE_TIPO if tipo in segmento.tipos]) or "entidades"
    provincia = Provincia.objects.filter(pk=segmento.provincia).first() if segmento.provincia else None
    lugares = [f"la provincia de {provincia}" if provincia else "", str(centro) if centro else ""]
    lugar = ", ".join(filter(None, lugares)) or "todo el país"
    quienes = []
    if Audiencia.OPERADORES in segmento.audiencias:
        quienes.append(f"operadores de {sistemas}" if sistemas else "operadores")
    if Audiencia.ENTIDADES in segmento.audiencias:
        quienes.append("correo institucional")
    return f"{tipos} de {lugar}: {_enumerar(quienes)}"


def _enumerar(cosas: list[str]) -> str:
    """«a, b y c»."""
    return " y ".join(filter(None, [", ".join(cosas[:-1]), *cosas[-1:]]))
