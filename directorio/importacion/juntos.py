"""Apellidos y nombres en una sola celda, como los llevan las listas de asistencia: cuál es cuál."""

from comun.texto import normalizar

PARTICULAS = {"de", "del", "la", "las", "los", "da", "do", "san", "santa"}
SIN_SEPARAR = "escriba los apellidos y los nombres separados por una coma, como «Quispe Mamani, Rosa»."


def apellidos_primero(texto: str) -> tuple[str, str]:
    """(apellidos, nombres) de «Quispe Mamani, Rosa» o, sin coma, de «Quispe Mamani Rosa»."""
    return _por_su_coma(texto) or _partir(_partes(texto), lambda cuantas: min(2, cuantas - 1))


def nombres_primero(texto: str) -> tuple[str, str]:
    """(apellidos, nombres) de «Rosa Quispe Mamani»; si lleva coma, lo de antes de ella son los apellidos."""
    if con_coma := _por_su_coma(texto):
        return con_coma
    nombres, apellidos = _partir(_partes(texto), lambda cuantas: max(1, cuantas - 2))
    return apellidos, nombres


def son_las_mismas(uno: dict, otro: dict) -> bool:
    """Si dicen las mismas palabras: partidas de otro modo, siguen siendo los de la misma persona."""
    return _palabras(uno) == _palabras(otro)


def _palabras(fila: dict) -> list[str]:
    return sorted(normalizar(f"{fila.get('apellidos') or ''} {fila.get('nombres') or ''}").split())


def _por_su_coma(texto: str) -> tuple[str, str] | None:
    if "," not in texto:
        return None
    apellidos, _, nombres = (parte.strip() for parte in texto.partition(","))
    if not apellidos or not nombres:
        raise ValueError(SIN_SEPARAR)
    return apellidos, nombres


def _partes(texto: str) -> list[str]:
    """Palabra por palabra, con «de la Cruz» en una."""
    partes, lleva = [], []
    for palabra in texto.split():
        lleva.append(palabra)
        if normalizar(palabra) not in PARTICULAS:
            partes.append(" ".join(lleva))
            lleva = []
    return [*partes, " ".join(lleva)] if lleva else partes


def _partir(partes: list[str], donde) -> tuple[str, str]:
    if len(partes) < 2:
        raise ValueError(SIN_SEPARAR)
    corte = donde(len(partes))
    return " ".join(partes[:corte]), " ".join(partes[corte:])
