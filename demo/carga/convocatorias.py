"""Invitaciones, respuestas y llamadas inventadas de Cusco, y una capacitación con baja acogida (R76–R79)."""

import datetime as dt

from django.utils import timezone

from directorio.models import Operador, Personal
from eventos.models import (
    ActividadPrograma,
    Capacitacion,
    Convocatoria,
    Expositor,
    Inscripcion,
    Invitacion,
    Llamada,
    Sesion,
)
from organizacion.models import Centro, Persona, Sistema, Usuario

from .azar import Azar, celular_inventado
from .capacitaciones import Programador
from .marcas import marcar

INVITADOS, CONVOCADAS = 40, 3
ANTES = dt.timedelta(days=12)
Canal, Resultado, Respuesta = Inscripcion.Canal, Llamada.Resultado, Invitacion.Respuesta
NOTAS = {Resultado.NO_CONTESTA: "Vuelve de comisión el lunes", Resultado.CONFIRMO: "", Resultado.NO_ASISTIRA: "Feriado"}


def cargar_convocatorias(carga, hoy: dt.date) -> None:
    """Convoca las próximas de Cusco; la que empieza en tres días tiene pocos inscritos y llamadas a medio hacer."""
    azar, cusco = Azar(14), Centro.objects.get(slug="cusco")
    asistente = Usuario.objects.filter(username="asistente.cusco").first()
    proxima = _con_baja_acogida(carga, cusco, hoy)
    otras = Capacitacion.objects.en_pie().proximas(hoy).filter(centro=cusco).exclude(pk=proxima.pk)
    for capacitacion in [proxima, *otras[:CONVOCADAS]]:
        _convocar(azar, capacitacion, asistente)
    _inscribir(azar, proxima, asistente)
    _llamar(azar, proxima, asistente)
    _reafirmar(proxima)


def _con_baja_acogida(carga, cusco, hoy) -> Capacitacion:
    presupuesto = Sistema.objects.get(slug="presupuesto")
    fecha = Programador.dia_de_trabajo(hoy + dt.timedelta(days=3))
    capacitacion = Capacitacion(
        titulo="Modificaciones presupuestarias en gobiernos locales",
        slug=f"modificaciones-presupuestarias-cusco-{fecha:%d-%m-%Y}",
        tipo=Capacitacion.Tipo.BASICA,
        modalidad=Capacitacion.Modalidad.PRESENCIAL,
        centro=cusco,
        objetivo="Aplicar las modificaciones en el nivel funcional programático sin observaciones.",
        publico_objetivo="Jefes de presupuesto de gobiernos locales.",
        metodologia="Exposición con casos y preguntas.",
        lugar="Auditorio del CONECTAMEF Cusco",
        cupos=30,
        estado=Capacitacion.Estado.PUBLICADA,
        publicada_en=timezone.now() - ANTES,
        fecha_inicio=fecha,
        fecha_fin=fecha,
    )
    capacitacion.save()
    capacitacion.sistemas.set([presupuesto])
    marcar(carga, [capacitacion])
    _programa(capacitacion, Personal.objects.filter(centro=cusco, sistema=presupuesto).first())
    return capacitacion


def _programa(capacitacion, especialista) -> None:
    sesion = Sesion.objects.create(
        capacitacion=capacitacion, fecha=capacitacion.fecha_inicio, hora_inicio=dt.time(9), hora_fin=dt.time(13)
    )
    ActividadPrograma.objects.create(
        sesion=sesion, hora_inicio=dt.time(9), hora_fin=dt.time(13), actividad="Modificaciones y casos prácticos"
    )
    Expositor.objects.create(
        capacitacion=capacitacion,
        personal=especialista,
        nombre=str(especialista or "Especialista en Presupuesto Público"),
        cargo="Especialista en Presupuesto Público",
        tema="Modificaciones presupuestarias",
    )


def _convocar(azar, capacitacion, por) -> None:
    """Siete de cada diez no han respondido; de los demás, casi todos dicen que sí."""
    sistemas = list(capacitacion.sistemas.all())
    operadores = Operador.objects.filter(entidad__centro=capacitacion.centro, sistemas__in=sistemas)
    enviada_en = min(timezone.now(), capacitacion.comienza_en - ANTES)
    convocatoria = Convocatoria.objects.create(
        capacitacion=capacitacion,
        criterio={"sistemas": [sistema.pk for sistema in sistemas], "cargo": "", "tipos": [], "provincias": []},
        anticipacion=(capacitacion.fecha_inicio - timezone.localtime(enviada_en).date()).days,
        preparada_en=enviada_en,
        enviada_por=por,
    )
    Convocatoria.objects.filter(pk=convocatoria.pk).update(enviada_en=enviada_en)
    Invitacion.objects.bulk_create(
        [
            _invitacion(azar, convocatoria, operador, enviada_en)
            for operador in operadores.distinct().order_by("pk")[:INVITADOS]
        ]
    )


def _invitacion(azar, convocatoria, operador, enviada_en) -> Invitacion:
    respuesta = azar.choices(["", Respuesta.ASISTIRA, Respuesta.NO_ASISTIRA], (70, 24, 6))[0]
    return Invitacion(
        capacitacion_id=convocatoria.capacitacion_id,
        convocatoria=convocatoria,
        operador=operador,
        entidad_id=operador.entidad_id,
        nombre=f"{operador.nombres} {operador.apellidos}",
        cargo=operador.cargo,
        correo=operador.correo,
        telefono=operador.telefono,
        clave=f"demo{azar.getrandbits(128):032x}",
        respuesta=respuesta,
        respondida_en=enviada_en + dt.timedelta(hours=azar.randrange(1, 48)) if respuesta else None,
    )


def _inscribir(azar, capacitacion, por) -> None:
    """Unos pocos de los que confirmaron: por su enlace, y alguno que avisó por teléfono (R82)."""
    confirmaron = list(capacitacion.invitaciones.que_asistiran().order_by("pk")[:6])
    personas = azar.sample(list(Persona.objects.order_by("pk")[:500]), len(confirmaron))
    for orden, (invitacion, persona) in enumerate(zip(confirmaron, personas, strict=True), start=1):
        por_telefono = orden == len(confirmaron)
        invitacion.inscripcion = Inscripcion.objects.create(
            capacitacion=capacitacion,
            persona=persona,
            codigo=f"C{orden:07d}",
            nombres=persona.nombres,
            apellidos=persona.apellidos,
            entidad_id=invitacion.entidad_id,
            cargo=invitacion.cargo,
            correo=invitacion.correo,
            telefono=celular_inventado(80_000 + orden),
            estado=Inscripcion.Estado.CONFIRMADA,
            orden=orden,
            canal=Canal.TELEFONO if por_telefono else Canal.WEB,
            registrada_por=por if por_telefono else None,
        )
        invitacion.nombre = f"{persona.nombres} {persona.apellidos}"
        invitacion.save(update_fields=["inscripcion", "nombre"])


def _llamar(azar, capacitacion, por) -> None:
    """La lista de los que no respondieron, con la primera parte ya llamada."""
    pendientes = list(capacitacion.invitaciones.sin_respuesta().order_by("pk"))
    llamadas = [
        Llamada(capacitacion=capacitacion, asunto=Llamada.Asunto.CONVOCATORIA, invitacion=invitacion)
        for invitacion in pendientes
    ]
    for llamada in llamadas[: len(llamadas) // 3]:
        llamada.resultado = azar.choice(list(NOTAS))
        llamada.nota = NOTAS[llamada.resultado]
        llamada.llamada_en, llamada.llamada_por = timezone.now(), por
    Llamada.objects.bulk_create(llamadas)


def _reafirmar(capacitacion) -> None:
    """El especialista ya habló con los dos primeros inscritos (R79)."""
    especialista = Usuario.objects.filter(username="especialista.cusco").first()
    llamadas = [
        Llamada(capacitacion=capacitacion, asunto=Llamada.Asunto.REAFIRMACION, inscripcion=inscripcion)
        for inscripcion in capacitacion.inscripciones.order_by("orden")
    ]
    for llamada in llamadas[:2]:
        llamada.resultado, llamada.llamada_en, llamada.llamada_por = Resultado.CONFIRMO, timezone.now(), especialista
    Llamada.objects.bulk_create(llamadas)
