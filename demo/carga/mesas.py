"""La capacitación de hoy en Cusco, con su mesa de asistencia abierta, y las mesas ya cerradas de las últimas."""

import datetime as dt

from django.utils import timezone

from demo.textos import CARGOS
from directorio.models import Entidad
from eventos.actions.mesa import MARGEN, resumir
from eventos.models import Asistencia, Capacitacion, Expositor, Inscripcion, Mesa, OperacionDeMesa, Sesion
from organizacion.models import Centro, Persona, Sistema, Usuario

from .azar import Azar, celular_inventado
from .marcas import marcar

INSCRITAS, YA_FIRMARON, CERRADAS = 36, 14, 3
TURNOS = ((dt.time(8), dt.time(13)), (dt.time(14, 30), dt.time(18, 30)))


def cargar_mesas(carga, hoy: dt.date) -> None:
    azar = Azar(14)
    cusco, asistente = Centro.objects.get(slug="cusco"), Usuario.objects.get(username="asistente.cusco")
    pasadas = Capacitacion.objects.filter(centro=cusco, estado="publicada", modalidad="presencial").pasadas(hoy)
    for capacitacion in pasadas[:CERRADAS]:
        mesa = _mesa(capacitacion, "Puerta principal", asistente, cerrada_en=capacitacion.termina_en)
        _registrar(azar, mesa, Asistencia.objects.filter(sesion__capacitacion=capacitacion).firmadas())
    de_hoy = _capacitacion_de_hoy(carga, cusco, hoy)
    sesion = _inscribir(azar, de_hoy, cusco)
    firmas = [
        Asistencia(inscripcion=fila, sesion=sesion, esta_firmada=True, registrada_por=asistente)
        for fila in azar.sample(list(de_hoy.inscripciones.all()), YA_FIRMARON)
    ]
    Asistencia.objects.bulk_create(firmas)
    _registrar(azar, _mesa(de_hoy, "Puerta principal", asistente), Asistencia.objects.filter(sesion=sesion))


def _capacitacion_de_hoy(carga, cusco, hoy) -> Capacitacion:
    sistema = Sistema.objects.get(slug="endeudamiento-y-tesoro")
    capacitacion = Capacitacion(
        titulo="Girado y pago en línea con el SIAF",
        slug=f"girado-y-pago-en-linea-cusco-{hoy:%d-%m-%Y}",
        tipo=Capacitacion.Tipo.BASICA,
        modalidad=Capacitacion.Modalidad.PRESENCIAL,
        centro=cusco,
        objetivo="Girar y pagar sin devoluciones del banco.",
        publico_objetivo="Tesoreros de gobiernos locales.",
        lugar="Auditorio del CONECTAMEF Cusco",
        cupos=40,
        estado=Capacitacion.Estado.PUBLICADA,
        publicada_en=timezone.now() - dt.timedelta(days=20),
        fecha_inicio=hoy,
        fecha_fin=hoy,
    )
    capacitacion.save()
    capacitacion.sistemas.add(sistema)
    Sesion.objects.bulk_create(
        Sesion(capacitacion=capacitacion, fecha=hoy, hora_inicio=a, hora_fin=b) for a, b in TURNOS
    )
    Expositor.objects.create(capacitacion=capacitacion, nombre="Especialista de Tesorería (inventada)")
    marcar(carga, [capacitacion])
    return capacitacion


def _inscribir(azar, capacitacion, cusco) -> Sesion:
    """``INSCRITAS`` personas de Cusco; devuelve la primera sesión."""
    entidades = list(Entidad.objects.filter(centro=cusco).order_by("pk")[:60])
    filas = []
    for orden, persona in enumerate(azar.sample(list(Persona.objects.order_by("pk")), INSCRITAS), start=1):
        fila = Inscripcion(
            capacitacion=capacitacion,
            persona=persona,
            codigo=f"H{orden:07d}",
            nombres=persona.nombres,
            apellidos=persona.apellidos,
            entidad=azar.choice(entidades),
            cargo=azar.choice(CARGOS),
            correo=f"hoy{orden}@entidad.example",
            telefono=celular_inventado(90_000 + orden),
            estado=Inscripcion.Estado.CONFIRMADA,
            orden=orden,
        )
        fila.refrescar_busqueda()
        filas.append(fila)
    Inscripcion.objects.bulk_create(filas)
    return capacitacion.sesiones.first()


def _mesa(capacitacion, nombre, por, **datos) -> Mesa:
    """Usada desde que empezó; su clave no la tiene ningún aparato."""
    clave = f"demostracion{capacitacion.pk}"
    mesa = Mesa.objects.create(
        capacitacion=capacitacion,
        nombre=nombre,
        abierta_por=por,
        clave_sha256=resumir(f"{clave}:{capacitacion.slug}"),
        clave_de_apertura=clave,
        usada_en=capacitacion.comienza_en,
        vence_en=capacitacion.termina_en + MARGEN,
        **datos,
    )
    Mesa.objects.filter(pk=mesa.pk).update(abierta_en=capacitacion.comienza_en)
    return mesa


def _registrar(azar, mesa, asistencias) -> None:
    """Esas firmas, como marcadas en ``mesa``."""
    asistencias.update(mesa=mesa, registrada_por=mesa.abierta_por)
    operaciones = [
        OperacionDeMesa(
            numero=azar.uuid(),
            mesa=mesa,
            ocurrida_en=fila.sesion.comienza_en,
            resultado={"codigo": "hecha", "inscripcion": fila.inscripcion_id},
        )
        for fila in asistencias.select_related("sesion")
    ]
    OperacionDeMesa.objects.bulk_create(operaciones)
