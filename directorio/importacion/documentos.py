"""De quién es cada DNI: con el de otra persona no se agrega ni se cambia a nadie."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from directorio.duplicados.formulario import MISMO_NOMBRE
from directorio.duplicados.parecidos import nombre_para_comparar
from organizacion.models import Persona, TipoDocumento

DE_OTRA = "Ese DNI figura a nombre de otra persona: revise el número."
DE_UNA_VEZ = 500


def de_quienes(numeros: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Los apellidos y nombres que ya tiene cada DNI, sea de quien sea."""
    pedidos, nombres = sorted(set(numeros)), {}
    for desde in range(0, len(pedidos), DE_UNA_VEZ):
        suyas = Persona.objects.filter(
            tipo_documento=TipoDocumento.DNI, numero_documento__in=pedidos[desde : desde + DE_UNA_VEZ]
        )
        for numero, *nombre in suyas.order_by().values_list("numero_documento", "apellidos", "nombres"):
            nombres[numero] = tuple(nombre)
    return nombres


def es_otra_persona(una: tuple[str, str], otra: tuple[str, str]) -> bool:
    """Si (apellidos, nombres) suenan tan distinto que no son de la misma; el formulario compara igual."""
    return una != otra and (
        fuzz.token_sort_ratio(nombre_para_comparar(*una), nombre_para_comparar(*otra)) < MISMO_NOMBRE
    )
