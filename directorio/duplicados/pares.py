"""Los pares parecidos que aún nadie revisó, con sus filas."""

from directorio.models import NoEsDuplicado

from .registros import Registro


def pares_a_la_vista(registro: Registro, filas, tope: int) -> dict:
    """Los primeros ``tope`` pares de ``filas`` y cuántos hay en total."""
    revisados = set(NoEsDuplicado.objects.filter(registro=registro.clave).values_list("menor", "mayor"))
    parecidos = [par for par in registro.parecidas(filas) if (par.menor, par.mayor) not in revisados]
    llaves = {llave for par in parecidos[:tope] for llave in (par.menor, par.mayor)}
    por_llave = registro.modelo.objects.select_related(*registro.relacionadas).in_bulk(llaves)
    pares = [(por_llave[par.menor], por_llave[par.mayor], par) for par in parecidos[:tope]]
    return {"pares": pares, "total": len(parecidos), "tope": tope}
