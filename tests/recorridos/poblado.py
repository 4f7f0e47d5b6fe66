"""Una fila de cada cosa que el público ve y la dirección de cada página: lo que miran las pruebas de todo el sitio."""

import datetime as dt
import uuid

from django.utils import timezone

from boletines.enlaces import (
    ruta_de,
    url_baja,
    url_baja_oficial,
    url_confirmar,
    url_invitacion,
    url_preferencias,
)
from boletines.models import BoletinesIndexPage, ComunicadosIndexPage, CorreoOficial, Suscriptor
from custodia.actions import aviso_vigente
from custodia.models import Aviso
from eventos.actions.encuesta_en_linea import enviar_encuesta
from eventos.actions.sala_de_encuesta import abrir_sala
from eventos.boletas import boleta_de
from eventos.enlaces import token_de, token_de_grupo
from eventos.models import ActividadPrograma, Capacitacion, Inscripcion
from home.carga import cargar_paginas
from organizacion.models import Jurisdiccion
from tests import personas
from tests.boletines.conftest import cuerpo, nueva_edicion, nuevo_comunicado
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    EntidadFactory,
    ExpositorFactory,
    InscripcionFactory,
    PersonalFactory,
    ProvinciaFactory,
    SuscriptorFactory,
)


def poblar() -> dict[str, str]:
    """Una fila de cada cosa que el público ve; devuelve cada página con su dirección."""
    cusco = personas.cusco()
    cargar_paginas()
    for codigo in ("0801", "0802", "0803"):
        Jurisdiccion.objects.create(centro=cusco, provincia=ProvinciaFactory(codigo=codigo))
    PersonalFactory(centro=cusco, correo="julia@conectamef.example", es_publico=True)
    return PAGINAS_FIJAS | _capacitaciones(cusco) | _publicaciones() | _suscripcion()


PAGINAS_FIJAS = {
    "inicio": "/",
    "calendario": "/capacitaciones/",
    "calendario sin resultados": "/capacitaciones/?q=zzzz",
    "mes": "/capacitaciones/?vista=mes",
    "semana": "/capacitaciones/?vista=semana",
    "calendario filtrado": "/capacitaciones/?departamento=08&cupos=libres&sistema=presupuesto&tipo=x",
    "pasadas": "/capacitaciones/?vista=pasadas",
    "boletines": "/boletines/",
    "comunicados": "/comunicados/",
    "centros": "/centros/",
    "centro": "/centros/cusco/",
    "suscripción": "/suscripcion/",
    "revise su correo": "/suscripcion/revise-su-correo/",
    "suscripción lista": "/suscripcion/listo/confirmado/",
    "enlace no válido": "/suscripcion/confirmar/cortado/",
    "buscador": "/buscar/",
    "resultados": "/buscar/?q=presupuestaria",
    "sin resultados": "/buscar/?q=zzzz",
    "página de contenido": "/privacidad/",
    "servicios": "/servicios/",
    "servicio": "/servicios/consultas/",
    "preguntas frecuentes": "/preguntas-frecuentes/",
    "normas": "/normas/",
    "normas sin resultados": "/normas/?q=zzzz",
    "cómo presentar su escrito": "/como-presentar-su-escrito/",
    "mural": "/mural/cusco/",
    "murales": "/mural/",
    "datos abiertos": "/datos-abiertos/?centro=cusco",
    "marco para otra web": "/capacitaciones/incrustar/cusco/",
    "no existe": "/no-existe/",
}


def _capacitaciones(cusco):
    abierta = CapacitacionFactory(titulo="Formulación presupuestaria", centro=cusco, descripcion="<p>Con casos.</p>")
    llena = CapacitacionFactory(titulo="Conciliación bancaria", centro=cusco, cupos=1)
    cancelada = CapacitacionFactory(
        titulo="Cierre contable",
        centro=cusco,
        estado=Capacitacion.Estado.CANCELADA,
        motivo_cancelacion="El local no está disponible",
    )
    dictada = CapacitacionFactory(titulo="Inversión pública", centro=cusco, dias=-10)
    ExpositorFactory(capacitacion=abierta)
    ActividadPrograma.objects.create(
        sesion=abierta.sesiones.get(), hora_inicio=dt.time(9), hora_fin=dt.time(10), actividad="Registro"
    )
    estados = Inscripcion.Estado
    fila = {"entidad": EntidadFactory(centro=cusco), "capacitacion": llena}
    envio = uuid.uuid4()
    confirmada = InscripcionFactory(**fila, envio=envio)
    en_espera = InscripcionFactory(**fila, estado=estados.EN_ESPERA, envio=envio)
    vence = timezone.now() + dt.timedelta(hours=5)
    ofrecida = InscripcionFactory(**fila, estado=estados.OFRECIDA, oferta_vence_en=vence)
    anulada = InscripcionFactory(**fila, estado=estados.ANULADA)
    suya = "/capacitaciones/inscripciones/{}/".format
    return {
        "capacitación": abierta.get_absolute_url(),
        "capacitación llena": llena.get_absolute_url(),
        "capacitación cancelada": cancelada.get_absolute_url(),
        "inscripción": f"{abierta.get_absolute_url()}inscripcion/",
        "inscripción a la espera": f"{llena.get_absolute_url()}inscripcion/",
        "confirmada": suya(token_de(confirmada)),
        "en espera": suya(token_de(en_espera)),
        "ofrecida": suya(token_de(ofrecida)),
        "anulada": suya(token_de(anulada)),
        "grupo": suya(f"grupo/{token_de_grupo(envio)}"),
        "corregir": suya(token_de(confirmada)) + "corregir/",
        "cancelar": suya(token_de(confirmada)) + "cancelar/",
        **_encuesta(dictada, fila["entidad"]),
    }


def _encuesta(dictada, entidad):
    """La de quien firmó, y la sala de su capacitación."""
    ExpositorFactory(capacitacion=dictada)
    suya = AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=dictada, entidad=entidad)).inscripcion
    enviar_encuesta(capacitacion=dictada)
    aplicacion = abrir_sala(capacitacion=dictada, por=None)
    return {
        "encuesta": f"/encuesta/{boleta_de(suya, aplicacion)}/",
        "sala de la encuesta": f"/e/{aplicacion.clave}/",
        "encuesta enviada": "/encuesta/gracias/",
        "encuesta que no está": "/encuesta/cortada/",
    }


def _publicaciones():
    edicion = nueva_edicion(BoletinesIndexPage.objects.get())
    edicion.cuerpo = cuerpo()
    edicion.save_revision().publish()
    lista = ComunicadosIndexPage.objects.get()
    vencido = nuevo_comunicado(lista, "Cierre presupuestario", vigente_hasta=dt.date(2026, 1, 31))
    return {"edición": edicion.url, "comunicado": nuevo_comunicado(lista).url, "comunicado vencido": vencido.url}


def _suscripcion():
    pendiente = SuscriptorFactory(estado=Suscriptor.Estado.PENDIENTE, confirmacion_pedida_en=timezone.now())
    aviso = aviso_vigente(Aviso.Finalidad.CORREO_OFICIAL)
    oficial = CorreoOficial.objects.create(correo="mesadepartes@muni.example", base_legal=aviso)
    return {
        "confirmar suscripción": ruta_de(url_confirmar(pendiente)),
        "baja": ruta_de(url_baja(SuscriptorFactory())),
        "baja de un correo oficial": ruta_de(url_baja_oficial(oficial)),
        "invitación": ruta_de(url_invitacion(SuscriptorFactory(estado=Suscriptor.Estado.INVITADO))),
        "preferencias": ruta_de(url_preferencias(SuscriptorFactory(nombre="Rosa Quispe"))),
        "pedir las preferencias": "/suscripcion/preferencias/",
        "preferencias pedidas": "/suscripcion/preferencias/revise-su-correo/",
    }
