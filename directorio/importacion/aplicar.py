"""Guardar una tanda de filas importadas, con pocas consultas, y anotar en cada renglón qué fila quedó."""

from django.db.models import prefetch_related_objects

from directorio.actions.nombres import refrescar_su_gente
from directorio.models import Entidad, Operador, Personal, RenglonDeImportacion
from organizacion.models import Persona, TipoDocumento

from . import nombres, puestos

Resultado = RenglonDeImportacion.Resultado
APARTE = ("documento", "sistemas")
# Lo que el texto de búsqueda toma de otras tablas; lo de muchas filas, solo lo tiene quien ya está guardado.
_DE_OTRAS = {
    "entidad": "entidad",
    "distrito.nombre_completo": "distrito__provincia__departamento",
    "nombres_de_antes": "nombres_anteriores",
    "contactos_en_texto": "contactos",
}
DE_MUCHAS = {"nombres_anteriores", "contactos"}
# Django trae de una vez lo que señalan tantas filas; con más de mil, SQLite no acepta la consulta.
DE_UNA_VEZ = 500


def aplicar_tanda(importacion, renglones: list, modelo) -> None:
    """Crea las nuevas y cambia las que cambian. Va dentro de la transacción de quien la llama."""
    personas = _personas(renglones) if modelo is Operador else {}
    nuevas = [renglon for renglon in renglones if renglon.resultado == Resultado.NUEVA]
    cambian = [renglon for renglon in renglones if renglon.resultado == Resultado.ACTUALIZA]
    filas = modelo.objects.select_for_update(of=("self",)).in_bulk([renglon.objeto for renglon in cambian])
    cambian = [renglon for renglon in cambian if renglon.objeto in filas or _sin_fila(renglon)]
    mudanzas = puestos.Mudanzas(cambian, filas) if modelo is Operador else None
    for renglon in cambian:
        _poner(filas[renglon.objeto], renglon, personas)
    creadas = [_poner(modelo(), renglon, personas) for renglon in nuevas]
    if modelo is Entidad:
        nombres.guardar_los_de_antes(cambian)
    refrescar([*creadas, *filas.values()])
    for renglon, fila in zip(nuevas, modelo.objects.bulk_create(creadas), strict=True):
        renglon.objeto = fila.pk
    campos = {nombre for renglon in cambian for nombre in _campos(renglon)} | {"texto_busqueda"}
    if filas:
        modelo.objects.bulk_update(filas.values(), sorted(campos), batch_size=200)
    if modelo is Operador:
        poner_sistemas([*nuevas, *cambian])
        mudanzas.guardar()
        puestos.cerrar_los_de_quien_ya_no_estaba(creadas)
    elif modelo is Personal:
        puestos.corregir(cambian, filas)
    elif modelo is Entidad:
        refrescar_su_gente([renglon.objeto for renglon in cambian if "nombre" in renglon.cambios])


def _sin_fila(renglon) -> None:
    """Alguien la borró entre que se leyó y que se guarda."""
    renglon.resultado, renglon.motivos = Resultado.ERROR, ["Alguien la borró mientras se guardaba."]
    renglon.cambios, renglon.objeto = {}, None


def _campos(renglon) -> set[str]:
    suyos = {nombre.removesuffix("_id") for nombre in renglon.cambios if nombre not in APARTE}
    return suyos | ({"persona"} if "documento" in renglon.cambios else set())


def _poner(fila, renglon, personas):
    for nombre, (_, nuevo) in renglon.cambios.items():
        if nombre == "documento":
            fila.persona_id = personas[nuevo]
        elif nombre not in APARTE:
            campo = fila._meta.get_field(nombre.removesuffix("_id"))
            setattr(
                fila,
                campo.attname,
                campo.target_field.to_python(nuevo) if campo.is_relation else campo.to_python(nuevo),
            )
    return fila


def _personas(renglones) -> dict[str, int]:
    """La ``Persona`` de cada DNI; la que falta se crea con los nombres de su fila."""
    pedidos = {r.cambios["documento"][1]: r for r in renglones if "documento" in r.cambios}
    suyas = Persona.objects.filter(tipo_documento=TipoDocumento.DNI, numero_documento__in=pedidos)
    halladas = dict(suyas.values_list("numero_documento", "pk"))
    faltan = []
    for numero, renglon in pedidos.items():
        if numero not in halladas:
            valores = {n: renglon.cambios.get(n, (None, None))[1] for n in ("nombres", "apellidos")}
            persona = Persona(numero_documento=numero, **{n: v or renglon.nombre[:100] for n, v in valores.items()})
            persona.refrescar_busqueda()
            faltan.append(persona)
    Persona.objects.bulk_create(faltan, ignore_conflicts=True)
    return dict(suyas.all().values_list("numero_documento", "pk"))


def refrescar(filas: list) -> None:
    """El texto de búsqueda, con lo que nombra de otras tablas traído de a muchas."""
    for desde in range(0, len(filas), DE_UNA_VEZ):
        parte = filas[desde : desde + DE_UNA_VEZ]
        caminos = {_DE_OTRAS[campo] for campo in parte[0].campos_de_busqueda if campo in _DE_OTRAS}
        prefetch_related_objects([fila for fila in parte if fila.pk], *caminos)
        prefetch_related_objects([fila for fila in parte if not fila.pk], *(caminos - DE_MUCHAS))
        for fila in parte:
            fila.refrescar_busqueda()


def poner_sistemas(renglones, hacia: int = 1) -> None:
    """Los de después de importar (1) o los de antes (0)."""
    vinculo = Operador.sistemas.through
    con = [renglon for renglon in renglones if "sistemas" in renglon.cambios]
    vinculo.objects.filter(operador_id__in=[r.objeto for r in con if r.cambios["sistemas"][1 - hacia]]).delete()
    nuevos = [vinculo(operador_id=r.objeto, sistema_id=pk) for r in con for pk in r.cambios["sistemas"][hacia] or ()]
    vinculo.objects.bulk_create(nuevos, ignore_conflicts=True)
