"""Cargar las entidades públicas del territorio y las páginas de los centros. Repetirlas no pisa lo editado."""

from django.db import transaction
from wagtail.models import Page

from organizacion.actions import sincronizar_grupos
from organizacion.models import Centro, Departamento, Distrito, Jurisdiccion, Provincia, Usuario

from .models import CentroPage, CentrosIndexPage, Entidad

CALLAO = "07"
LIMA_METROPOLITANA = "1501"
# La sede de un gobierno regional es la capital de su departamento; la del de Lima es Huacho.
SEDES = {"15": "150801"}


class SinCentro(Exception):
    """Una provincia no está en la jurisdicción de ningún centro: sus entidades no tienen quién las atienda."""


@transaction.atomic
def cargar_entidades() -> int:
    """Gobiernos regionales y municipalidades provinciales y distritales; devuelve cuántas creó.

    Levanta ``SinCentro`` si falta la jurisdicción de una provincia.
    """
    existentes = set(Entidad.objects.exclude(codigo="").values_list("codigo", flat=True))
    distritos = Distrito.objects.select_related("provincia__departamento").in_bulk()
    centros = _centro_por_provincia()
    nuevas = []
    for codigo, nombre, tipo, ubigeo in _entidades(distritos):
        if codigo in existentes:
            continue
        entidad = Entidad(codigo=codigo, nombre=nombre, tipo=tipo, distrito=distritos[ubigeo])
        if ubigeo[:4] not in centros:
            raise SinCentro(f"La provincia {entidad.distrito.provincia} ({ubigeo[:4]}) no tiene un centro asignado.")
        entidad.centro_id = centros[ubigeo[:4]]
        entidad.refrescar_busqueda()
        nuevas.append(entidad)
    Entidad.objects.bulk_create(nuevas, batch_size=500)
    return len(nuevas)


def _entidades(distritos):
    """Cada (código, nombre, tipo, ubigeo) que se siguen del territorio."""
    for departamento in Departamento.objects.all():
        sede = SEDES.get(departamento.pk, f"{departamento.pk}0101")
        if sede in distritos:
            nombre = f"Gobierno Regional {_de(departamento.pk, departamento.nombre)}"
            yield f"GR-{departamento.pk}", nombre, Entidad.Tipo.GR, sede
    for provincia in Provincia.objects.all():
        if f"{provincia.pk}01" in distritos:
            nombre = f"Municipalidad Provincial {_de(provincia.pk, provincia.nombre)}"
            if provincia.pk == LIMA_METROPOLITANA:
                nombre = "Municipalidad Metropolitana de Lima"
            yield f"MP-{provincia.pk}", nombre, Entidad.Tipo.GL, f"{provincia.pk}01"
    for distrito in distritos.values():
        if not distrito.es_capital_de_provincia:
            yield f"MD-{distrito.pk}", f"Municipalidad Distrital de {distrito.nombre}", Entidad.Tipo.GL, distrito.pk


def _de(codigo: str, nombre: str) -> str:
    return f"del {nombre}" if codigo.startswith(CALLAO) else f"de {nombre}"


def _centro_por_provincia() -> dict[str, int]:
    """El centro vigente de cada provincia; si hoy no tiene ninguno, el último que tuvo."""
    jurisdicciones = Jurisdiccion.objects.order_by("desde", "pk")
    ultimos = dict(jurisdicciones.values_list("provincia_id", "centro_id"))
    return ultimos | dict(jurisdicciones.vigentes().values_list("provincia_id", "centro_id"))


@transaction.atomic
def cargar_paginas_de_centros(indice: CentrosIndexPage) -> int:
    """Una página por cada centro que aún no la tenga, bajo ``indice``; devuelve cuántas creó."""
    sin_pagina = list(Centro.objects.filter(pagina__isnull=True))
    ocupados = set(Page.objects.child_of(indice).values_list("slug", flat=True))
    for centro in sin_pagina:
        slug = centro.slug if centro.slug not in ocupados else f"conectamef-{centro.slug}"
        indice.add_child(instance=CentroPage(title=centro.nombre_completo, slug=slug, centro=centro))
    # Quien ya coordinaba un centro sin página recibe ahora el permiso de editarla.
    for usuario in Usuario.objects.filter(asignaciones__centro__in=sin_pagina).distinct():
        sincronizar_grupos(usuario)
    return len(sin_pagina)


def completar_paginas_de_centros() -> str:
    """Da página a los centros agregados desde su registro; devuelve qué hizo, o «»."""
    indice = CentrosIndexPage.objects.first()
    if indice is None or not Centro.objects.filter(pagina__isnull=True).exists():
        return ""
    return f"páginas de centros creadas: {cargar_paginas_de_centros(indice)}"
