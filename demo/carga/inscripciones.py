"""Inscripciones, asistencias y encuestas inventadas."""

import datetime as dt
import uuid

from django.utils import timezone

from custodia.actions import aviso_vigente
from custodia.models import Aviso
from demo.textos import CARGOS, COMENTARIOS_MEJORA, COMENTARIOS_TEMAS
from directorio.models import Entidad
from eventos.actions.cupos import plazo_de_oferta
from eventos.models import Asistencia, Calificacion, Capacitacion, Inscripcion, RespuestaEncuesta
from eventos.models.encuesta import ITEMS_CONTENIDO, ITEMS_EXPOSITOR, ITEMS_GENERAL, ITEMS_LOGISTICA
from organizacion.models import Persona

from .azar import Azar, celular_inventado, dni_inventado
from .marcas import marcar

PERSONAS = 3500
Estado, Motivo = Inscripcion.Estado, Inscripcion.MotivoAnulacion


def _crear_personas(carga, azar) -> list[Persona]:
    personas = []
    for n in range(PERSONAS):
        nombres, apellidos = azar.nombre()
        persona = Persona(numero_documento=dni_inventado(n), nombres=nombres, apellidos=apellidos)
        persona.refrescar_busqueda()
        personas.append(persona)
    Persona.objects.bulk_create(personas)
    marcar(carga, personas)
    return personas


class Inscriptor:
    """Arma las inscripciones de cada capacitación respetando sus cupos y su lista de espera."""

    def __init__(self, carga, hoy: dt.date):
        self.hoy, self.azar = hoy, Azar(4)
        self.personas = _crear_personas(carga, self.azar)
        self.aviso = aviso_vigente(Aviso.Finalidad.INSCRIPCION)
        self.entidades = {}
        for entidad in Entidad.objects.order_by("pk"):
            self.entidades.setdefault(entidad.centro_id, []).append(entidad)
        self.todas = [entidad for lista in self.entidades.values() for entidad in lista]
        self.inscripciones, self.asistencias = [], []

    def de(self, capacitacion: Capacitacion, llena: bool = False):
        situaciones = self._de_llena(capacitacion.cupos) if llena else self._de_comun(capacitacion)
        personas = self.azar.sample(self.personas, len(situaciones))
        for orden, (persona, situacion) in enumerate(zip(personas, situaciones, strict=True), start=1):
            self._inscribir(capacitacion, persona, orden, *situacion)

    @staticmethod
    def _de_llena(cupos) -> list[tuple]:
        """Alguien dejó su cupo, a quien seguía se le venció el plazo y ahora corre la oferta de la siguiente."""
        confirmadas = [(Estado.CONFIRMADA, "")] * (cupos - 1)
        anuladas = [(Estado.ANULADA, Motivo.PERSONA), (Estado.ANULADA, Motivo.OFERTA_VENCIDA)]
        return [*confirmadas, *anuladas, (Estado.OFRECIDA, ""), *[(Estado.EN_ESPERA, "")] * 3]

    def _de_comun(self, capacitacion) -> list[tuple]:
        """Confirmadas, salvo una de cada veinticinco que se anuló."""
        cuantas = self.azar.randint(8, min(capacitacion.cupos or 40, 27))
        if capacitacion.fecha_inicio > self.hoy:
            cuantas //= 2
        return [self._confirmada_o_anulada(capacitacion) for _ in range(cuantas)]

    def _confirmada_o_anulada(self, capacitacion) -> tuple:
        if capacitacion.esta_cancelada or self.azar.random() < 0.04:
            return Estado.ANULADA, self.azar.choice((Motivo.PERSONA, Motivo.PERSONAL))
        return Estado.CONFIRMADA, ""

    def _inscribir(self, capacitacion, persona, orden, estado, motivo):
        azar = self.azar
        entidades = self.entidades.get(capacitacion.centro_id) or self.todas
        entidad = None if azar.random() < 0.01 else azar.choice(entidades)
        escrita = None if entidad else azar.choice(entidades)
        n = len(self.inscripciones)
        inscripcion = Inscripcion(
            capacitacion=capacitacion,
            persona=persona,
            codigo=f"D{n:07d}",
            nombres=persona.nombres,
            apellidos=persona.apellidos,
            entidad=entidad,
            entidad_texto=_a_mano(escrita, n) if escrita else "",
            entidad_distrito=escrita.distrito if escrita else None,
            cargo=azar.choice(CARGOS),
            correo=f"participante{n}@entidad.example",
            telefono=celular_inventado(60_000 + n),
            estado=estado,
            orden=orden,
            aviso=self.aviso,
            motivo_anulacion=motivo,
            anulada_en=timezone.now() if estado == Estado.ANULADA else None,
            oferta_vence_en=plazo_de_oferta(capacitacion) if estado == Estado.OFRECIDA else None,
        )
        inscripcion.refrescar_busqueda()
        self.inscripciones.append(inscripcion)
        if inscripcion.estado == Estado.CONFIRMADA and capacitacion.fecha_fin < self.hoy:
            self._asistir(inscripcion)

    def _asistir(self, inscripcion):
        """Cuatro de cada cinco llegan; unos pocos llegan y no firman (R84)."""
        if self.azar.random() > 0.8:
            return
        es_virtual = inscripcion.capacitacion.es_virtual
        medio = Asistencia.Medio.ENLACE if es_virtual else Asistencia.Medio.PAPEL
        self.asistencias += [
            Asistencia(inscripcion=inscripcion, sesion=sesion, esta_firmada=self.azar.random() < 0.92, medio=medio)
            for sesion in inscripcion.capacitacion.sesiones.all()
        ]

    def guardar(self):
        Inscripcion.objects.bulk_create(self.inscripciones, batch_size=500)
        Asistencia.objects.bulk_create(self.asistencias, batch_size=1000)


def _a_mano(entidad, n: int) -> str:
    """Como la escribe quien no la encontró: una que el directorio no tiene, o la suya abreviada."""
    return f"Muni. de {entidad.distrito.nombre}" if n % 2 else "Instituto vial provincial (inventado)"


def cargar_inscripciones(carga, hoy: dt.date) -> None:
    """Unas seis mil; la próxima de Cusco y la de Arequipa quedan llenas, con lista de espera y un cupo ofrecido."""
    inscriptor, llenas = Inscriptor(carga, hoy), set()
    publicadas = Capacitacion.objects.publicadas().prefetch_related("sesiones").select_related("centro")
    for capacitacion in publicadas.order_by("fecha_inicio", "pk"):
        proxima = capacitacion.fecha_inicio > hoy and capacitacion.esta_publicada and capacitacion.cupos
        centro = capacitacion.centro.slug if capacitacion.centro_id else None
        llena = bool(proxima) and centro in {"cusco", "arequipa"} - llenas
        if llena:
            llenas.add(centro)
        inscriptor.de(capacitacion, llena)
    inscriptor.guardar()


def cargar_encuestas(hoy: dt.date) -> None:
    """Encuestas de papel de las básicas y especializadas ya dictadas (R87); tres de cada cinco asistentes contestan."""
    azar, respuestas, calificaciones = Azar(5), [], []
    dictadas = Capacitacion.objects.filter(estado="publicada", fecha_fin__lt=hoy).exclude(tipo="informativa")
    firmas = {}
    for pk in Asistencia.objects.firmadas().values_list("sesion__capacitacion", flat=True):
        firmas[pk] = firmas.get(pk, 0) + 1
    for capacitacion in dictadas.prefetch_related("expositores", "sesiones").order_by("pk"):
        asistentes = firmas.get(capacitacion.pk, 0) // max(1, len(capacitacion.sesiones.all()))
        for _ in range(asistentes * 3 // 5):
            respuesta = RespuestaEncuesta(
                clave=uuid.UUID(int=azar.getrandbits(128)),
                capacitacion=capacitacion,
                fecha=capacitacion.fecha_fin,
                otros_temas=azar.choice(COMENTARIOS_TEMAS),
                recomendaciones=azar.choice(COMENTARIOS_MEJORA),
            )
            respuestas.append(respuesta)
            preguntas = [(item, None) for item in (*ITEMS_CONTENIDO, *ITEMS_LOGISTICA, *ITEMS_GENERAL)]
            preguntas += [(item, e) for e in capacitacion.expositores.all() for item in ITEMS_EXPOSITOR]
            calificaciones += [
                Calificacion(
                    respuesta=respuesta, item=item, expositor=e, valor=azar.choices((1, 2, 3, 4), (2, 8, 50, 40))[0]
                )
                for item, e in preguntas
            ]
    RespuestaEncuesta.objects.bulk_create(respuestas, batch_size=1000)
    Calificacion.objects.bulk_create(calificaciones, batch_size=2000)
