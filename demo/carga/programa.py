"""El programa mensual: qué centros lo registraron, a tiempo o tarde, y un diciembre de Cusco con qué mirar."""

import datetime as dt

from django.utils import timezone

from comun.templatetags.comun import fecha_media
from directorio.models import Personal
from eventos.actions.lote import programar_lote
from eventos.calendario import mes_anterior, mes_siguiente, ultimo_dia
from eventos.copia import fecha_equivalente
from eventos.models import Capacitacion, ImportacionDePrograma, ProgramaMensual
from eventos.programa_mensual import plazo_del_programa
from eventos.renglon import Renglon, Turno, ponente_del_personal
from organizacion.dias import no_laborables
from organizacion.models import Centro, Usuario

from .azar import Azar
from .marcas import marcar

CUSCO = "cusco"
MESES_ATRAS = 3
MANANA, TARDE = (dt.time(9), dt.time(13)), (dt.time(14, 30), dt.time(17, 30))
# Título, tipo, semana, día, horas: dos comparten expositor y sala a la misma hora.
BORRADORES = (
    ("Cierre contable del ejercicio", "especializada", 1, 1, MANANA),
    ("Conciliación de cuentas de enlace", "basica", 1, 1, (dt.time(11), dt.time(14))),
    ("Saldos de balance", "basica", 1, 3, TARDE),
    ("Normas del nuevo año fiscal", "informativa", 2, 2, MANANA),
    ("Programación multianual de inversiones", "especializada", 3, 0, MANANA),
)


def cargar_programa(carga, hoy: dt.date) -> None:
    este = hoy.replace(day=1)
    marcar(carga, _registros(este, hoy))
    _borradores_de_cusco(carga, mes_siguiente(este))


def _registros(este, hoy) -> list[ProgramaMensual]:
    """De los últimos meses casi todos, algunos tarde; del que viene, la mitad."""
    azar, filas = Azar(40), []
    cuentas = {f"asistente.{c.slug}": c for c in Centro.objects.activos()}
    asistentes = {u.username: u for u in Usuario.objects.filter(username__in=cuentas)}
    meses = [mes_siguiente(este), este]
    for _ in range(MESES_ATRAS - 1):
        meses.append(mes_anterior(meses[-1]))
    for mes in meses:
        for cuenta, centro in cuentas.items():
            dias = azar.choice((-6, -4, -3, -2, -1, -1, 0, 0, 2))
            cuando = hoy if mes > este else plazo_del_programa(centro, mes)
            cuando += dt.timedelta(dias)
            falta = azar.random() > (0.5 if mes > este else 0.93)
            if centro.slug == CUSCO:  # al día hasta este mes, para que se vea qué sigue
                falta = mes > este
            if not falta and cuando < hoy:
                filas.append(_registro(centro, mes, cuando, asistentes.get(cuenta)))
    ProgramaMensual.objects.bulk_create(filas)
    for fila in filas:  # el momento es automático al crearla
        ProgramaMensual.objects.filter(pk=fila.pk).update(registrado_en=fila.cuando)
    return filas


def _registro(centro, mes, fecha, por) -> ProgramaMensual:
    fila = ProgramaMensual(centro=centro, anio=mes.year, mes=mes.month, registrado_por=por)
    fila.cuando = timezone.make_aware(dt.datetime.combine(fecha, dt.time(16, 20)))
    return fila


def _borradores_de_cusco(carga, mes) -> None:
    centro = Centro.objects.get(slug=CUSCO)
    especialistas = list(Personal.objects.filter(centro=centro, sistema__isnull=False).select_related("sistema"))
    por = Usuario.objects.filter(username=f"asistente.{CUSCO}").first()
    if not especialistas:
        return
    dias = no_laborables(centro)
    quien = especialistas[0]
    renglones = [_renglon(centro, mes, dias, quien, *fila) for fila in BORRADORES]
    marcar(carga, programar_lote(centro=centro, renglones=renglones, por=por or quien.usuario))
    cuando = f"{fecha_media(renglones[0].turnos[0].fecha)}, 9:00 a. m. a 1:00 p. m."
    hoja = {"fila": 2, "titulo": renglones[0].titulo, "cuando": cuando, "avisos": []}
    datos = renglones[0].a_datos() | {"titulo": "Registro de operaciones recíprocas"}
    bien = hoja | {"titulo": datos["titulo"], "datos": datos, "errores": []}
    mal = hoja | {"fila": 3, "datos": None, "errores": ["El centro ya la tiene programada ese día a esa hora."]}
    importacion = ImportacionDePrograma.objects.create(
        centro=centro, nombre=f"programa-{mes:%Y-%m}.xlsx", filas=[bien, mal], creada_por=por
    )
    marcar(carga, [importacion])


def _renglon(centro, mes, dias, quien, titulo, tipo, semana, dia, horas) -> Renglon:
    lunes = mes + dt.timedelta((7 - mes.weekday()) % 7 + 7 * (semana - 1))
    fecha = fecha_equivalente(min(lunes + dt.timedelta(dia), ultimo_dia(mes)), mes, dias)
    return Renglon(
        titulo=titulo,
        tipo=tipo,
        modalidad=Capacitacion.Modalidad.PRESENCIAL,
        sistemas=[quien.sistema_id],
        turnos=[Turno(fecha, *horas)],
        ponentes=[ponente_del_personal(quien, titulo)],
        lugar=f"Auditorio del CONECTAMEF {centro}",
        cupos=30,
    )
