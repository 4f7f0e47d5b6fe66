"""Las entidades escritas a mano, juntas las que dicen lo mismo, con las del directorio que más se les parecen."""

import hashlib
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from comun.registros import entidades_escritas
from comun.texto import normalizar
from directorio.models import Entidad
from organizacion.models import Centro, Distrito

PARECIDAS = 4
SE_PARECE = 60  # de 100


@dataclass
class Grupo:
    """Lo que se escribió igual, sin contar tildes, para el mismo distrito y en el mismo centro."""

    texto: str
    distrito: str | None
    centro: int | None
    de: dict[str, list[int]] = field(default_factory=dict)  # clave de la fuente → llaves

    @property
    def clave(self) -> str:
        partes = (normalizar(self.texto), self.distrito or "", str(self.centro or ""))
        return hashlib.sha256("\n".join(partes).encode()).hexdigest()[:16]

    @property
    def cantidad(self) -> int:
        return sum(len(llaves) for llaves in self.de.values())


def grupos(usuario) -> list[Grupo]:
    """Los que ``usuario`` puede vincular, primero los que más gente escribió."""
    juntos: dict[tuple, Grupo] = {}
    for fuente in entidades_escritas:
        if not fuente.puede(usuario):
            continue
        for fila in fuente.filas(usuario):
            llave = (normalizar(fila.texto), fila.distrito, fila.centro)
            grupo = juntos.setdefault(llave, Grupo(fila.texto, fila.distrito, fila.centro))
            grupo.de.setdefault(fuente.clave, []).append(fila.llave)
    return sorted(juntos.values(), key=lambda grupo: (-grupo.cantidad, normalizar(grupo.texto)))


def el_grupo(usuario, clave: str) -> Grupo | None:
    return next((grupo for grupo in grupos(usuario) if grupo.clave == clave), None)


def con_lugar_y_parecidas(usuario, pagina) -> list[dict]:
    """Cada grupo de ``pagina`` con los nombres de su distrito y su centro, y las del directorio que se le parecen."""
    distritos = Distrito.objects.select_related("provincia__departamento").in_bulk([g.distrito for g in pagina])
    centros = Centro.objects.in_bulk([g.centro for g in pagina])
    candidatas = Entidad.objects.para(usuario).activas().order_by()
    textos = dict(candidatas.values_list("pk", "texto_busqueda"))
    halladas = [_mas_parecidas(grupo, distritos.get(grupo.distrito), textos) for grupo in pagina]
    llaves = {llave for suyas in halladas for llave in suyas}
    entidades = candidatas.select_related("distrito__provincia__departamento").in_bulk(llaves)
    return [
        {
            "grupo": grupo,
            "distrito": distritos.get(grupo.distrito),
            "centro": centros.get(grupo.centro),
            "parecidas": [entidades[llave] for llave in suyas],
        }
        for grupo, suyas in zip(pagina, halladas, strict=True)
    ]


def _mas_parecidas(grupo, distrito, textos: dict[int, str]) -> list[int]:
    buscado = normalizar(f"{grupo.texto} {distrito.nombre_completo if distrito else ''}")
    mejores = process.extract(buscado, textos, scorer=fuzz.token_set_ratio, limit=PARECIDAS, score_cutoff=SE_PARECE)
    return [llave for _, _, llave in mejores]
