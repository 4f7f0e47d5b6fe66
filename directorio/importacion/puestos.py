"""La historia de puestos de los operadores que una importación muda, da de baja o repone, y al deshacerla."""

from collections import defaultdict

from django.utils import timezone

from directorio.actions import corregir_puesto
from directorio.models import Operador, Puesto

CAMBIAN_DE_PUESTO = {"entidad_id", "cargo", "esta_activo"}
DEL_PERSONAL = {"cargo", "centro_id", "sistema_id"}


class Mudanzas:
    """Las de una tanda de operadores: se mira antes de cambiar sus filas y se guarda después."""

    def __init__(self, cambian: list, filas: dict):
        self.filas = filas
        self.con_sistemas = {r.objeto for r in cambian if r.cambios.keys() & (CAMBIAN_DE_PUESTO | {"sistemas"})}
        suyas = [filas[r.objeto] for r in cambian if r.cambios.keys() & CAMBIAN_DE_PUESTO]
        self.dejados = [
            Puesto(operador=fila, entidad_id=fila.entidad_id, cargo=fila.cargo, hasta=timezone.localdate())
            for fila in suyas
            if fila.esta_activo
        ]
        self.sistemas = _sistemas_de([puesto.operador_id for puesto in self.dejados])
        self.vuelven = {r.objeto for r in cambian if "esta_activo" in r.cambios and not filas[r.objeto].esta_activo}

    def guardar(self) -> None:
        """Quien tiene su historia abierta cierra ese puesto y, si sigue, abre otro; quien no, empieza por el que deja.

        Quien vuelve abre uno; de quien ya no estaba y sigue sin estar no hay nada que anotar.
        """
        hoy = timezone.localdate()
        de = {puesto.operador_id for puesto in self.dejados} | self.vuelven
        abiertos = Puesto.objects.filter(operador_id__in=de, hasta__isnull=True)
        con_historia = set(abiertos.values_list("operador_id", flat=True))
        abiertos.update(hasta=hoy)
        dejados = Puesto.objects.bulk_create(p for p in self.dejados if p.operador_id not in con_historia)
        _poner_sistemas({puesto.pk: self.sistemas[puesto.operador_id] for puesto in dejados})
        siguen = (self.filas[pk] for pk in con_historia | self.vuelven if self.filas[pk].esta_activo)
        Puesto.objects.bulk_create(
            Puesto(operador=fila, entidad_id=fila.entidad_id, cargo=fila.cargo, desde=hoy) for fila in siguen
        )
        igualar_sistemas(self.con_sistemas)


def cerrar_los_de_quien_ya_no_estaba(creadas: list) -> None:
    """Quien entra inactivo deja su puesto el día en que se lo sabe: desde entonces corre el plazo de sus contactos."""
    hoy = timezone.localdate()
    inactivas = [fila for fila in creadas if not fila.esta_activo]
    cerrados = Puesto.objects.bulk_create(
        Puesto(operador=fila, entidad_id=fila.entidad_id, cargo=fila.cargo, hasta=hoy) for fila in inactivas
    )
    sistemas = _sistemas_de([fila.pk for fila in inactivas])
    _poner_sistemas({puesto.pk: sistemas[puesto.operador_id] for puesto in cerrados})


def igualar_sistemas(operadores: set[int]) -> None:
    """El puesto abierto lleva los sistemas que hoy tiene su operador."""
    abiertos = Puesto.objects.filter(operador_id__in=operadores, hasta__isnull=True)
    de_quien = dict(abiertos.order_by().values_list("pk", "operador_id"))
    Puesto.sistemas.through.objects.filter(puesto_id__in=de_quien).delete()
    sistemas = _sistemas_de(list(de_quien.values()))
    _poner_sistemas({puesto: sistemas[operador] for puesto, operador in de_quien.items()})


def _sistemas_de(operadores: list[int]) -> dict[int, list[int]]:
    suyos = defaultdict(list)
    pares = Operador.sistemas.through.objects.filter(operador_id__in=operadores)
    for operador, sistema in pares.values_list("operador_id", "sistema_id"):
        suyos[operador].append(sistema)
    return suyos


def _poner_sistemas(de_cada_puesto: dict[int, list[int]]) -> None:
    vinculo = Puesto.sistemas.through
    pares = ((puesto, sistema) for puesto, sistemas in de_cada_puesto.items() for sistema in sistemas)
    vinculo.objects.bulk_create(vinculo(puesto_id=puesto, sistema_id=sistema) for puesto, sistema in pares)


def recuperar(renglones: list, filas: dict, dia) -> None:
    """Al deshacer, ya devueltas las ``filas``: quita el que se abrió el ``dia`` en que se guardó y reabre el que cerró.

    Quita también el que la importación creó ya cerrado: es el que no dice desde cuándo.
    """
    suyos = {renglon.objeto for renglon in renglones if renglon.cambios.keys() & CAMBIAN_DE_PUESTO}
    abiertos = Puesto.objects.filter(operador_id__in=suyos, desde=dia, hasta__isnull=True)
    con_historia = set(abiertos.values_list("operador_id", flat=True))
    abiertos.delete()
    estaban = [pk for pk in suyos if filas[pk].esta_activo]
    cerrados = Puesto.objects.filter(operador_id__in=estaban, hasta=dia).order_by("pk")
    ultimos = {fila.operador_id: fila for fila in cerrados}
    por_reabrir = {fila.pk for fila in ultimos.values() if fila.desde or fila.operador_id in con_historia}
    Puesto.objects.filter(pk__in=por_reabrir).update(hasta=None)
    Puesto.objects.filter(pk__in={fila.pk for fila in ultimos.values()} - por_reabrir).delete()
    igualar_sistemas({renglon.objeto for renglon in renglones})


def corregir(renglones, filas) -> None:
    """El puesto de hoy del personal dice lo mismo que su fila."""
    for renglon in renglones:
        if renglon.cambios.keys() & DEL_PERSONAL:
            corregir_puesto(filas[renglon.objeto])
