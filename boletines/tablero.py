"""El tablero de una edición: en qué está cada parte, cuánto se atrasa y quién responde (R108–R110)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from comun.plazos import habiles_despues
from organizacion.dias import NoLaborables, no_laborables
from organizacion.models import DiaNoLaborable

from . import plazos
from .actions.aporte import se_le_recordo_hoy
from .models import Aporte, Edicion
from .responsables import Responden, responsables_de

Situacion = Aporte.Situacion
COLORES = {
    Situacion.ENTREGADO: "cumplido",
    Situacion.INCORPORADO: "cumplido",
    Situacion.AUTOMATICO: "pronto",
    Situacion.DEVUELTO: "pronto",
}


@dataclass(frozen=True)
class Fila:
    aporte: Aporte
    responden: Responden
    atraso: int  # días hábiles
    hoy: dt.date

    @property
    def situacion(self) -> str:
        return Situacion(self.aporte.situacion).label

    @property
    def color(self) -> str:
        return "vencido" if self.atraso else COLORES.get(self.aporte.situacion, "")

    @property
    def se_puede_recordar(self) -> bool:
        return self.aporte.falta() and bool(self.responden.destinatarios) and not self.ya_se_recordo

    @property
    def ya_se_recordo(self) -> bool:
        return se_le_recordo_hoy(self.aporte, self.hoy)

    @property
    def se_puede_suplir(self) -> bool:
        return bool(self.aporte.centro_id and self.atraso)

    @property
    def se_puede_devolver(self) -> bool:
        es_tecnico_incorporado = self.aporte.sistema_id and self.aporte.incorporado_en
        return self.aporte.estado == Aporte.Estado.ENTREGADO and not es_tecnico_incorporado


@dataclass(frozen=True)
class Tablero:
    edicion: Edicion
    centros: list[Fila]
    sistemas: list[Fila]
    armado_desde: dt.date
    armado_hasta: dt.date
    hoy: dt.date

    @property
    def filas(self) -> list[Fila]:
        return self.centros + self.sistemas

    @property
    def faltan(self) -> int:
        return sum(fila.aporte.falta() for fila in self.filas)

    @property
    def atrasados(self) -> int:
        return sum(bool(fila.atraso) for fila in self.filas)

    @property
    def por_recordar(self) -> int:
        return sum(fila.se_puede_recordar for fila in self.filas)

    @property
    def por_llevar(self) -> int:
        listos = (Situacion.ENTREGADO, Situacion.AUTOMATICO)
        return sum(fila.aporte.situacion in listos for fila in self.filas)


def tablero_de(edicion: Edicion, usuario) -> Tablero:
    """El de ``edicion``, en un número fijo de consultas para todos los centros."""
    hoy = timezone.localdate()
    suyos = edicion.aportes.para(usuario).select_related("centro", "sistema", "entregado_por")
    aportes = list(suyos.annotate(piezas=Count("notas")))
    responden, dias_de = responsables_de(aportes), _dias_de(aportes, hoy)
    filas = [Fila(aporte, responden[aporte.pk], _atraso(aporte, hoy, dias_de), hoy) for aporte in aportes]
    de_ley = dias_de(None)
    return Tablero(
        edicion,
        sorted((f for f in filas if f.aporte.centro_id), key=lambda f: f.aporte.centro.nombre),
        sorted((f for f in filas if f.aporte.sistema_id), key=lambda f: f.aporte.sistema.orden),
        plazos.comienzo_del_armado(edicion.anio, edicion.mes, de_ley),
        plazos.plazo_del_armado(edicion.anio, edicion.mes, de_ley),
        hoy,
    )


def _atraso(aporte, hoy, dias_de) -> int:
    return habiles_despues(aporte.plazo, hoy, dias_de(aporte.centro)) if aporte.esta_atrasado(hoy) else 0


def _dias_de(aportes, hoy):
    """Los no laborables de cada centro; se miran uno por uno solo si se decretó alguno local desde el plazo."""
    nacionales = no_laborables()
    desde = min((aporte.plazo for aporte in aportes), default=hoy)
    locales = DiaNoLaborable.objects.filter(fecha__range=(desde, max(desde, hoy)))
    hay_locales = locales.exclude(departamento__isnull=True, provincia__isnull=True).exists()

    def dias(centro) -> NoLaborables:
        return no_laborables(centro) if centro and hay_locales else nacionales

    return dias
