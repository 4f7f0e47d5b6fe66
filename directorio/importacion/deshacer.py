"""Deshacer una importación: lo que nadie tocó después vuelve a como estaba; lo demás se queda, y se dice por qué."""

from collections import Counter

from django.db import IntegrityError, transaction
from django.utils import timezone

from custodia.actions import anotar
from directorio.actions.nombres import refrescar_su_gente
from directorio.models import Importacion, RenglonDeImportacion
from organizacion.models import Persona, TipoDocumento

from . import nombres, puestos
from .acciones import TANDA, NoProcede
from .aplicar import poner_sistemas, refrescar
from .campos import MODELOS
from .entidades import a_cual_llevan
from .intactas import marcar_las_tocadas, usadas
from .permisos import alcance_en

Estado, Resultado = Importacion.Estado, RenglonDeImportacion.Resultado
DE_OTRA = "Lo que tenía antes (su código SIAF o su RUC) hoy es de otra fila."


@transaction.atomic
def deshacer(*, importacion: Importacion, por) -> Importacion:
    """Una sola vez. Borra las nuevas y devuelve sus valores a las cambiadas."""
    importacion = Importacion.objects.select_for_update(of=("self",)).get(pk=importacion.pk)
    if importacion.estado == Estado.DESHECHA:
        return importacion
    if importacion.estado != Estado.APLICADA:
        raise NoProcede("Solo se deshace lo que se guardó.")
    if not importacion.renglones.exists():
        raise NoProcede("Venció el plazo para deshacerla: lo que se leyó del archivo ya se borró.")
    cuenta = Counter()
    renglones = list(importacion.renglones.filter(resultado__in=(Resultado.NUEVA, Resultado.ACTUALIZA)))
    for desde in range(0, len(renglones), TANDA):
        cuenta += _deshacer_tanda(importacion, renglones[desde : desde + TANDA], por)
    importacion.estado, importacion.deshecha_en = Estado.DESHECHA, timezone.now()
    importacion.cuentas |= dict(cuenta)
    importacion.save()
    anotar(accion="deshacer importación", por=por, objeto=importacion, detalle=dict(cuenta))
    return importacion


def _deshacer_tanda(importacion, renglones: list, por) -> Counter:
    modelo = MODELOS[importacion.tipo]
    filas = modelo.objects.select_for_update(of=("self",)).in_bulk([renglon.objeto for renglon in renglones])
    suyas = modelo.objects.propias(por).en(alcance_en(importacion, por)).filter(pk__in=filas)
    marcar_las_tocadas(modelo, renglones, filas, set(suyas.order_by().values_list("pk", flat=True)))
    sin_tocar = [renglon for renglon in renglones if not renglon.motivos]
    nuevas = [renglon.objeto for renglon in sin_tocar if renglon.resultado == Resultado.NUEVA]
    modelo.objects.filter(pk__in=nuevas).delete()
    _devolver(importacion, [r for r in sin_tocar if r.resultado == Resultado.ACTUALIZA], filas)
    _borrar_personas([renglon for renglon in renglones if not renglon.motivos])
    quedan = [renglon for renglon in renglones if renglon.motivos]
    for renglon in quedan:
        renglon.resultado = Resultado.QUEDA
    RenglonDeImportacion.objects.bulk_update(quedan, ["resultado", "motivos"])
    return +Counter(queda=len(quedan), deshechas=len(renglones) - len(quedan))


def _borrar_personas(renglones: list) -> None:
    """Las que trajo el documento de una fila ya deshecha, si nada más las señala."""
    numeros = {renglon.cambios["documento"][1] for renglon in renglones if "documento" in renglon.cambios}
    suyas = Persona.objects.filter(tipo_documento=TipoDocumento.DNI, numero_documento__in=numeros, bloqueada_en=None)
    llaves = list(suyas.values_list("pk", flat=True))
    Persona.objects.filter(pk__in={*llaves} - usadas(Persona, llaves)).delete()


def _devolver(importacion, renglones: list, filas: dict) -> None:
    """De una vez; si la base rechaza alguna (otra fila ya tiene su código), por mitades, y esa se queda."""
    try:
        with transaction.atomic():
            _devolver_todas(importacion, renglones, filas)
    except IntegrityError:
        if len(renglones) == 1:
            renglones[0].motivos = [DE_OTRA]
            return
        medio = len(renglones) // 2
        _devolver(importacion, renglones[:medio], filas)
        _devolver(importacion, renglones[medio:], filas)


def _devolver_todas(importacion, renglones: list, filas: dict) -> None:
    suyas, campos, unidas = [], {"texto_busqueda"}, a_cual_llevan()
    for renglon in renglones:
        suyas.append(fila := filas[renglon.objeto])
        for nombre, (antes, _) in renglon.cambios.items():
            if nombre == "sistemas":
                continue
            campo = fila._meta.get_field("persona" if nombre == "documento" else nombre.removesuffix("_id"))
            antes = unidas.get(antes, antes) if nombre == "entidad_id" else antes
            setattr(fila, campo.attname, antes if campo.is_relation else campo.to_python(antes))
            campos.add(campo.name)
    if not suyas:
        return
    if importacion.tipo == Importacion.Tipo.ENTIDAD:
        nombres.quitar_los_guardados(renglones)
    refrescar(suyas)
    type(suyas[0]).objects.bulk_update(suyas, sorted(campos), batch_size=200)
    if importacion.tipo == Importacion.Tipo.OPERADOR:
        poner_sistemas(renglones, hacia=0)
        puestos.recuperar(renglones, filas, timezone.localdate(importacion.aplicada_en))
    elif importacion.tipo == Importacion.Tipo.PERSONAL:
        puestos.corregir(renglones, filas)
    elif importacion.tipo == Importacion.Tipo.ENTIDAD:
        refrescar_su_gente([renglon.objeto for renglon in renglones if "nombre" in renglon.cambios])
