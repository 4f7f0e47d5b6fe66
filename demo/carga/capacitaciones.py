"""Capacitaciones inventadas: seis meses atrás y tres adelante, en todos los centros."""

import datetime as dt

from django.utils import timezone
from django.utils.text import slugify

from demo.textos import TEMAS
from directorio.models import Entidad, Personal
from eventos.models import ActividadPrograma, Capacitacion, Expositor, Motivo, Sesion
from organizacion.models import Centro, Sistema

from .azar import Azar
from .marcas import marcar

POR_CENTRO = 18
DE_LA_SEDE = 10
DIAS_ATRAS, DIAS_ADELANTE = 180, 90
MANANA, TARDE = (dt.time(9), dt.time(13)), (dt.time(14, 30), dt.time(17, 30))
C = Capacitacion


class Programador:
    """Arma en memoria las capacitaciones y sus partes, y las guarda de una vez."""

    def __init__(self, hoy: dt.date):
        self.hoy, self.azar = hoy, Azar(2)
        self.sistemas = list(Sistema.objects.all())
        self.personal = {}
        for miembro in Personal.objects.filter(sistema__isnull=False).select_related("sistema"):
            self.personal.setdefault((miembro.centro_id, miembro.sistema_id), []).append(miembro)
        self.capacitaciones, self.sesiones, self.expositores, self.actividades, self.enlaces = [], [], [], [], []
        self.usados: set[str] = set()

    def del_centro(self, centro):
        entidades = list(Entidad.objects.filter(centro=centro).order_by("pk")[:20])
        for n in range(POR_CENTRO):
            # Repartidas parejo entre el comienzo y el fin, con un desorden de pocos días.
            dias = -DIAS_ATRAS + (DIAS_ATRAS + DIAS_ADELANTE) * n // POR_CENTRO + self.azar.randrange(12)
            self.agregar(dias, centro=centro, entidades=entidades)

    def agregar(self, dias: int, *, centro=None, entidades=()):
        azar, sistema = self.azar, self.azar.choice(self.sistemas)
        titulo, tipo, objetivo = azar.choice(TEMAS[sistema.slug])
        primero = self.dia_de_trabajo(self.hoy + dt.timedelta(days=dias))
        modalidad = C.Modalidad.VIRTUAL if centro is None or azar.random() < 0.25 else C.Modalidad.PRESENCIAL
        organizador = self._organizador(centro)
        por_demanda = bool(entidades) and azar.random() < 0.25
        nueva = C(
            titulo=titulo,
            slug=self._slug(titulo, centro, primero),
            tipo=tipo,
            modalidad=modalidad,
            organizador=organizador,
            organizador_nombre="Universidad de la región (inventada)" if organizador == C.Organizador.OTRA else "",
            origen=C.Origen.DEMANDA if por_demanda else C.Origen.OFERTA,
            entidad_solicitante=azar.choice(entidades) if por_demanda else None,
            centro=centro,
            objetivo=objetivo,
            publico_objetivo="Servidores y funcionarios de gobiernos regionales y locales.",
            metodologia="Exposición con casos y preguntas.",
            lugar="Plataforma virtual" if modalidad == C.Modalidad.VIRTUAL else f"Auditorio del CONECTAMEF {centro}",
            como_llegar="" if modalidad == C.Modalidad.VIRTUAL else "Ingreso por la puerta principal; segundo piso.",
            enlace_virtual="https://reunion.example/sala" if modalidad == C.Modalidad.VIRTUAL else "",
            cupos=None if tipo == C.Tipo.INFORMATIVA and azar.random() < 0.5 else azar.choice((20, 25, 30, 40)),
            **self._estado(primero),
        )
        self._apertura(nueva)
        self._partes(nueva, sistema, primero)

    def _organizador(self, centro):
        if centro is None:
            return C.Organizador.SEDE
        return self.azar.choices([C.Organizador.CENTRO, C.Organizador.SEDE, C.Organizador.OTRA], (85, 8, 7))[0]

    def _estado(self, primero):
        if primero > self.hoy and self.azar.random() < 0.06:
            return {"estado": C.Estado.BORRADOR}
        if self.azar.random() < 0.03:
            motivo = Motivo.RECURSOS.label
            return {"estado": C.Estado.CANCELADA, "motivo_cancelacion": motivo, "secuencia": 1}
        semanas_antes = timezone.make_aware(dt.datetime.combine(primero - dt.timedelta(days=21), dt.time(10)))
        return {"estado": C.Estado.PUBLICADA, "publicada_en": min(semanas_antes, timezone.now())}

    def _apertura(self, nueva):
        """Una de cada doce se abre a la ciudadanía, a pedido de alguien (R59)."""
        if self.azar.random() < 1 / 12:
            nueva.abierta_a_ciudadania = True
            nueva.apertura_pedida_por = "Mesa de concertación (inventada)"

    def _partes(self, nueva, sistema, primero):
        azar = self.azar
        sistemas = [sistema]
        if azar.random() < 0.15:
            sistemas.append(azar.choice([s for s in self.sistemas if s != sistema]))
        dias = [primero]
        for _ in range(azar.choice((0, 0, 0, 1, 2))):
            dias.append(self.dia_de_trabajo(dias[-1] + dt.timedelta(days=1)))
        turnos = [MANANA, TARDE] if len(dias) == 1 and azar.random() < 0.4 else [MANANA]
        sesiones = [Sesion(capacitacion=nueva, fecha=d, hora_inicio=a, hora_fin=b) for d in dias for a, b in turnos]
        nueva.fecha_inicio, nueva.fecha_fin = dias[0], dias[-1]
        expositores = [self._expositor(nueva, s, orden) for orden, s in enumerate(sistemas)]
        self.capacitaciones.append(nueva)
        self.enlaces.append(sistemas)
        self.sesiones += sesiones
        self.expositores += expositores
        for sesion in sesiones:
            self.actividades += self._programa(sesion, nueva, expositores[0].nombre)

    def _expositor(self, nueva, sistema, orden):
        candidatos = self.personal.get((nueva.centro_id, sistema.pk)) or self.personal[None, sistema.pk]
        miembro = self.azar.choice(candidatos)
        return Expositor(
            capacitacion=nueva,
            personal=miembro,
            nombre=str(miembro),
            procedencia=Expositor.Procedencia.CENTRO if miembro.centro_id else Expositor.Procedencia.SEDE,
            cargo=miembro.cargo_completo,
            tema=nueva.titulo if orden == 0 else f"{nueva.titulo}: mirada desde {sistema.nombre}",
            orden=orden,
        )

    @staticmethod
    def _programa(sesion, nueva, responsable):
        def a_las(minutos):
            return (dt.datetime.combine(sesion.fecha, sesion.hora_inicio) + dt.timedelta(minutes=minutos)).time()

        filas = (
            (0, 15, "Registro de participantes y presentación", "", "Equipo del centro"),
            (15, 90, nueva.titulo, "Exposición", responsable),
            (90, 105, "Refrigerio", "", ""),
            (105, 180, "Casos prácticos y preguntas", "Taller", responsable),
        )
        return [
            ActividadPrograma(
                sesion=sesion,
                hora_inicio=a_las(a),
                hora_fin=a_las(b),
                actividad=que,
                metodologia=como,
                responsable=quien,
            )
            for a, b, que, como, quien in filas
        ]

    @staticmethod
    def dia_de_trabajo(dia: dt.date) -> dt.date:
        return dia + dt.timedelta(days=(7 - dia.weekday()) % 7) if dia.weekday() >= 5 else dia

    def _slug(self, titulo, centro, dia):
        base = slugify(f"{titulo}-{centro.slug if centro else 'todo-el-peru'}-{dia:%d-%m-%Y}")
        slug, n = base, 2
        while slug in self.usados:
            slug, n = f"{base}-{n}", n + 1
        self.usados.add(slug)
        return slug

    def guardar(self, carga) -> list[Capacitacion]:
        for nueva in self.capacitaciones:
            nueva.refrescar_busqueda()
        C.objects.bulk_create(self.capacitaciones)
        de_sistema = C.sistemas.through
        de_sistema.objects.bulk_create(
            de_sistema(capacitacion=nueva, sistema=sistema)
            for nueva, sistemas in zip(self.capacitaciones, self.enlaces, strict=True)
            for sistema in sistemas
        )
        Sesion.objects.bulk_create(self.sesiones)
        Expositor.objects.bulk_create(self.expositores)
        ActividadPrograma.objects.bulk_create(self.actividades)
        marcar(carga, self.capacitaciones)
        return self.capacitaciones


def cargar_capacitaciones(carga, hoy: dt.date) -> list[Capacitacion]:
    """Al menos 400: ``POR_CENTRO`` en cada centro y ``DE_LA_SEDE`` virtuales para todo el país (R62)."""
    programador = Programador(hoy)
    for centro in Centro.objects.order_by("slug"):
        programador.del_centro(centro)
    for n in range(DE_LA_SEDE):
        programador.agregar(-150 + 24 * n)
    return programador.guardar(carga)
