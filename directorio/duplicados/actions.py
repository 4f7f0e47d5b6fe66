"""Unir dos filas que eran la misma, o anotar que no lo eran."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from comun.registros import al_fusionar
from comun.texto import normalizar
from custodia.actions import anotar
from directorio.actions import dejar_un_puesto_abierto, guardar_nombre_de_antes, refrescar_su_gente
from directorio.models import Contacto, Entidad, Fusion, NoEsDuplicado, Operador, Puesto
from directorio.situacion.actions import quitar_temas_repetidos
from organizacion.models import Usuario

from .traslado import trasladar

# Lo que se elige de una u otra fila.
DE_OPERADOR = ("apellidos", "nombres", "entidad", "cargo", "correo", "telefono")
DE_ENTIDAD = (
    "nombre", "tipo", "padre", "distrito", "centro", "codigo_siaf", "ruc", "direccion", "correo", "telefono",
)  # fmt: skip


class NoSeUnen(Exception):
    """Las dos filas no se pueden unir; el mensaje dice por qué y se muestra tal cual."""


@transaction.atomic
def fusionar_operadores(
    *, se_queda: Operador, absorbido: Operador, de_la_otra: set[str], motivo: str = "", por: Usuario, request=None
) -> Fusion:
    """Deja una sola fila. ``de_la_otra``: los campos de ``DE_OPERADOR`` que se toman de la absorbida.

    El puesto, el correo y el teléfono que no se eligen quedan en la historia y en los otros contactos. Levanta
    ``NoSeUnen`` si ya se unieron o sus documentos son distintos (invariante 11).
    """
    se_queda, absorbido = _trabar(Operador, se_queda, absorbido, "fusionado_en_id")
    if se_queda.persona_id and absorbido.persona_id and se_queda.persona_id != absorbido.persona_id:
        raise NoSeUnen("Tienen documentos distintos: no son la misma persona.")
    antes = _como_estaban(se_queda, absorbido)
    _guardar_puestos(se_queda, absorbido, "entidad" in de_la_otra or "cargo" in de_la_otra)
    sobrantes = _tomar(se_queda, absorbido, de_la_otra & set(DE_OPERADOR))
    se_queda.persona_id = se_queda.persona_id or absorbido.persona_id
    se_queda.esta_activo = se_queda.esta_activo or absorbido.esta_activo
    _tomar_verificacion(se_queda, absorbido)
    se_queda.sistemas.add(*absorbido.sistemas.all())
    absorbido.esta_activo, absorbido.fusionado_en = False, se_queda
    return _terminar("operador", se_queda, absorbido, sobrantes, antes, motivo, por, request)


@transaction.atomic
def fusionar_entidades(
    *, se_queda: Entidad, absorbida: Entidad, de_la_otra: set[str], motivo: str = "", por: Usuario, request=None
) -> Fusion:
    """Como ``fusionar_operadores``; el nombre que no se elige queda entre los anteriores y se sigue encontrando."""
    se_queda, absorbida = _trabar(Entidad, se_queda, absorbida, "fusionada_en_id")
    if absorbida.pk == se_queda.padre_id or se_queda.pk == absorbida.padre_id:
        raise NoSeUnen("Una depende de la otra: son dos entidades.")
    if absorbida.unidades.exists() and (se_queda.padre_id or "padre" in de_la_otra):
        raise NoSeUnen("De una dependen unidades ejecutoras y la otra lo es: revise de quién dependen.")
    antes = _como_estaban(se_queda, absorbida)
    nombres = {se_queda.nombre, absorbida.nombre}
    sobrantes = _tomar(se_queda, absorbida, de_la_otra & set(DE_ENTIDAD))
    for campo in ("codigo_siaf", "ruc"):  # son únicos: la que se queda los conserva
        setattr(se_queda, campo, getattr(se_queda, campo) or getattr(absorbida, campo))
        setattr(absorbida, campo, "")
    _tomar_verificacion(se_queda, absorbida)
    absorbida.esta_activa, absorbida.fusionada_en = False, se_queda
    absorbida.save()
    for nombre in nombres - {se_queda.nombre}:
        guardar_nombre_de_antes(se_queda, nombre, de_otra_fila=nombre != antes["se_queda"]["nombre"])
    fusion = _terminar("entidad", se_queda, absorbida, sobrantes, antes, motivo, por, request)
    quitar_temas_repetidos(se_queda)
    refrescar_su_gente([se_queda.pk])
    return fusion


@transaction.atomic
def son_distintas(*, registro: str, una: int, otra: int, por: Usuario, request=None) -> None:
    """Anota que esas dos filas se revisaron y no son la misma; repetirla no hace nada."""
    menor, mayor = sorted((una, otra))
    _, nueva = NoEsDuplicado.objects.get_or_create(
        registro=registro, menor=menor, mayor=mayor, defaults={"revisado_por": por}
    )
    if nueva:
        detalle = {"registro": registro, "menor": menor, "mayor": mayor}
        anotar(accion="no son la misma", por=por, modelo=f"directorio.{registro}", detalle=detalle, request=request)


def _trabar(modelo, se_queda, absorbida, unida: str):
    """Las dos filas, bloqueadas siempre en el mismo orden."""
    if se_queda.pk == absorbida.pk:
        raise NoSeUnen("Es la misma fila.")
    llaves = [se_queda.pk, absorbida.pk]
    filas = {fila.pk: fila for fila in modelo.objects.select_for_update().filter(pk__in=llaves).order_by("pk")}
    if any(getattr(fila, unida) for fila in filas.values()):
        raise NoSeUnen("Ya se unieron: vuelva a la lista.")
    return filas[se_queda.pk], filas[absorbida.pk]


def _como_estaban(se_queda, absorbida) -> dict:
    return {"se_queda": _foto(se_queda), "absorbida": _foto(absorbida)}


def _foto(fila) -> dict:
    """Sus campos, como caben en JSON."""
    datos = {campo.name: getattr(fila, campo.attname) for campo in fila._meta.local_fields}
    del datos["texto_busqueda"]
    for muchos in fila._meta.local_many_to_many:
        datos[muchos.name] = [str(valor) for valor in getattr(fila, muchos.name).all()]
    return json.loads(json.dumps(datos, cls=DjangoJSONEncoder))


def _tomar(se_queda, absorbida, de_la_otra: set[str]) -> dict[str, str]:
    """Pone en ``se_queda`` lo elegido de la otra; devuelve el correo y el teléfono que no quedaron de principales."""
    sobrantes = {}
    for campo in ("correo", "telefono"):
        suyo, ajeno = getattr(se_queda, campo), getattr(absorbida, campo)
        sobrantes[campo] = suyo if campo in de_la_otra else ajeno
        if not suyo:
            setattr(se_queda, campo, ajeno)
    for campo in de_la_otra:
        setattr(se_queda, campo, getattr(absorbida, campo))
    return {campo: valor for campo, valor in sobrantes.items() if valor and valor != getattr(se_queda, campo)}


def _tomar_verificacion(se_queda, absorbida) -> None:
    if absorbida.verificado_en and (not se_queda.verificado_en or absorbida.verificado_en > se_queda.verificado_en):
        se_queda.verificado_en, se_queda.verificado_por = absorbida.verificado_en, absorbida.verificado_por


def _guardar_puestos(se_queda: Operador, absorbido: Operador, gana_el_otro: bool) -> None:
    """El puesto que deja de ser el de hoy queda en la historia de quien se queda, aunque no tuviera ninguna.

    Hasta cuándo no lo dice nadie: se anota el último día en que consta, el de su verificación.
    """
    viejo = se_queda if gana_el_otro else absorbido
    otro = absorbido if gana_el_otro else se_queda
    if viejo.entidad_id == otro.entidad_id and normalizar(viejo.cargo) in {"", normalizar(otro.cargo)}:
        return
    if viejo.puestos.filter(entidad=viejo.entidad_id, cargo=viejo.cargo).exists():
        return
    consta = viejo.verificado_en or timezone.localdate()
    puesto = Puesto.objects.create(operador=se_queda, entidad=viejo.entidad, cargo=viejo.cargo, hasta=consta)
    puesto.sistemas.set(viejo.sistemas.all())


def _anotar_el_de_hoy(operador: Operador) -> None:
    """Si ya tiene historia, el puesto de hoy también figura en ella."""
    if operador.esta_activo and operador.puestos.exists() and not operador.puestos.filter(hasta=None).exists():
        puesto = operador.puestos.create(entidad=operador.entidad, cargo=operador.cargo)
        puesto.sistemas.set(operador.sistemas.all())


def _terminar(registro, se_queda, absorbida, sobrantes, antes, motivo, por, request) -> Fusion:
    absorbida.save()
    for avisar in al_fusionar:  # antes de trasladar: lo que una campaña pedía todavía señala a la absorbida
        avisar(se_queda=se_queda, absorbida=absorbida, por=por)
    movidas = trasladar(de=absorbida, a=se_queda)
    if registro == "operador":
        dejar_un_puesto_abierto(se_queda)
        _anotar_el_de_hoy(se_queda)
    _agregar_contactos(registro, se_queda, sobrantes)
    se_queda.save()
    fusion = Fusion.objects.create(
        registro=registro, se_queda=se_queda.pk, absorbida=absorbida.pk, antes=antes, movidas=movidas, motivo=motivo,
        unida_por=por,
    )  # fmt: skip
    detalle = {"absorbida": absorbida.pk, "movidas": movidas}
    anotar(accion="unir", por=por, objeto=se_queda, detalle=detalle, motivo=motivo, request=request)
    return fusion


def _agregar_contactos(registro: str, se_queda, sobrantes: dict[str, str]) -> None:
    contactos = se_queda.contactos
    vistos = {se_queda.correo, se_queda.telefono}
    for contacto in contactos.order_by("pk"):  # los de las dos, sin repetir
        if contacto.valor in vistos:
            contacto.delete()
        vistos.add(contacto.valor)
    for clase, valor in sobrantes.items():
        if valor not in vistos:
            Contacto.objects.create(**{registro: se_queda}, clase=clase, valor=valor, nota="de la fila unida")
