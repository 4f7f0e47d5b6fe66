"""La demostración: completa, coherente con las reglas, repetible y fácil de quitar."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from boletines.models import Aporte, BoletinPage, ComunicadoPage, Edicion, ImportacionDeSuscriptores, Suscriptor
from correo.models import Entrega, Envio, Supresion
from correo.resultados import resultados_de as resultados_del_envio
from custodia.models import ArchivoPrivado
from demo.carga.capacitaciones import Programador
from demo.carga.imagenes import dibujar
from demo.carga.personal import CLAVE
from demo.models import Carga, Marca
from directorio.duplicados.parecidos import operadores_parecidos
from directorio.models import Autoridad, Contacto, Entidad, Operador, Personal, Puesto, PuestoDePersonal
from eventos.acogida import con_baja_acogida
from eventos.cifras import cifras_de
from eventos.encuestas import resumen_de
from eventos.models import (
    AplicacionDeEncuesta,
    Asistencia,
    Calificacion,
    Capacitacion,
    Escaneo,
    Expediente,
    HojaDeRegistro,
    Inscripcion,
    Invitacion,
    Material,
    Mesa,
    Pregunta,
    Prueba,
    Reprogramacion,
    Solicitud,
    TareaLogistica,
    Validacion,
    VistoBueno,
)
from eventos.pruebas import resultados_de
from organizacion.models import (
    ROLES_DE_CENTRO,
    AjustesPortal,
    Asignacion,
    Centro,
    DiaNoLaborable,
    NombreDeCentro,
    Persona,
    Rol,
    Sistema,
    Usuario,
)
from tests.fabricas import CapacitacionFactory, InscripcionFactory
from tests.reloj import Medida

pytestmark = [pytest.mark.django_db, pytest.mark.lenta]


@pytest.fixture(scope="module")
def carga(django_db_setup, django_db_blocker):
    """Datos reales y demostración, una vez para todo el archivo; devuelve cuánto costó esta."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("cargar_datos", verbosity=0)
        with Medida() as medida:
            call_command("cargar_demo", verbosity=0)
        yield medida
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def cargada(carga):
    pass


def test_carga_en_menos_de_un_minuto(carga):
    assert carga.segundos < 60


def test_trae_lo_que_promete():
    assert Capacitacion.objects.count() >= 400
    assert 5_000 <= Inscripcion.objects.count() <= 7_500
    assert BoletinPage.objects.live().count() == 6
    assert ComunicadoPage.objects.live().count() == 20
    assert Suscriptor.objects.count() >= 2_000
    assert Operador.objects.count() >= 1_918
    assert Calificacion.objects.exists()


def test_el_boletin_del_mes_tiene_aportes_en_todos_los_estados_y_el_anterior_los_tiene_todos():
    actual, anterior = Edicion.objects.filter(pedida_en__isnull=False)[:2]
    hoy = timezone.localdate()
    assert (actual.anio, actual.mes) == (hoy.year, hoy.month)
    estados = {aporte.situacion for aporte in actual.aportes.all()}
    assert estados == set(Aporte.Situacion) - {Aporte.Situacion.INCORPORADO}
    assert actual.aportes.atrasados().exists()
    assert anterior.aportes.de_centros().count() == 24
    assert {aporte.situacion for aporte in anterior.aportes.all()} == {Aporte.Situacion.INCORPORADO}


def test_hay_capacitaciones_de_todo_tipo_en_todos_los_centros():
    capacitaciones = Capacitacion.objects.all()
    assert set(capacitaciones.values_list("tipo", flat=True)) == set(Capacitacion.Tipo.values)
    assert set(capacitaciones.values_list("modalidad", flat=True)) == set(Capacitacion.Modalidad.values)
    assert set(capacitaciones.values_list("organizador", flat=True)) == set(Capacitacion.Organizador.values)
    assert set(capacitaciones.values_list("sistemas", flat=True)) == set(Sistema.objects.values_list("pk", flat=True))
    assert Centro.objects.filter(capacitaciones__isnull=False).distinct().count() == 24
    hoy = timezone.localdate()
    assert capacitaciones.pasadas(hoy).exists()
    assert capacitaciones.proximas(hoy).exists()


def test_hay_cambios_de_fecha_materiales_preguntas_y_una_cancelada_con_otra_parecida(client):
    cambio = Reprogramacion.objects.select_related("capacitacion").first()
    assert "CAMBIÓ DE FECHA" in client.get(cambio.capacitacion.get_absolute_url()).text
    material = Material.objects.select_related("capacitacion").first()
    assert b"".join(client.get(material.get_absolute_url())).startswith(b"%PDF")
    assert Pregunta.objects.por_atender().exists()
    canceladas = Capacitacion.objects.filter(estado="cancelada", centro__slug="cusco").proximas()
    assert Capacitacion.objects.parecidas_a(canceladas.last()).exists()


def test_en_cusco_hay_un_expediente_cerrado_y_otro_por_cerrar():
    expediente = Expediente.objects.get(cerrado_en__isnull=False)
    assert expediente.capacitacion.centro.slug == "cusco"
    assert expediente.archivo.leer().startswith(b"%PDF")
    presentados = Capacitacion.objects.filter(centro__slug="cusco", informe__estado="presentado")
    assert presentados.filter(cerrada_en__isnull=True).exists()


def test_cusco_tiene_hibridas_aliados_preparativos_y_solicitudes_por_atender():
    de_cusco = Capacitacion.objects.filter(centro__slug="cusco")
    for estado in ("presencial", "virtual"):
        assert Inscripcion.objects.filter(capacitacion__in=de_cusco, modalidad=estado).exists()
    assert de_cusco.filter(aliado__sigla="OSCE").exists()
    assert de_cusco.filter(preparativos__isnull=False).exists()
    assert Solicitud.objects.por_atender().filter(centro__slug="cusco").count() == 3
    assert Solicitud.objects.filter(estado="aceptada", capacitaciones__isnull=False).exists()


def test_en_cusco_el_directorio_tiene_historia():
    assert Autoridad.objects.filter(entidad__codigo="MP-0801").count() >= 3
    assert Puesto.objects.filter(hasta__isnull=False, operador__entidad__centro__slug="cusco").exists()
    assert PuestoDePersonal.objects.filter(por_aplicar=True, personal__centro__slug="cusco").exists()
    assert Contacto.objects.filter(entidad__centro__slug="cusco").exists()
    assert NombreDeCentro.objects.exists()
    assert Inscripcion.objects.sin_entidad().filter(entidad_texto__startswith="Muni. de").exists()


def test_en_cusco_hay_operadores_repetidos_documentos_que_mostrar_y_un_rol_encargado():
    operadores = Operador.objects.filter(entidad__centro__slug="cusco")
    assert len(operadores_parecidos(operadores.activos())) >= 3
    assert operadores.filter(persona__isnull=False).count() >= 10
    assert Asignacion.objects.encargaturas().filter(centro__slug="cusco").exists()


def test_nadie_tiene_cupo_de_mas():
    con_cupo = Count("inscripciones", filter=Q(inscripciones__estado__in=["confirmada", "ofrecida"]))
    assert not Capacitacion.objects.annotate(n=con_cupo).filter(n__gt=F("cupos")).exists()


def test_la_proxima_de_cusco_esta_llena_y_tiene_lista_de_espera():
    espera = Inscripcion.objects.en_espera().filter(capacitacion__centro__slug="cusco")
    assert espera.filter(capacitacion__fecha_inicio__gt=timezone.localdate()).exists()


def test_corre_una_oferta_y_se_dice_por_que_se_anularon_las_demas():
    assert Inscripcion.objects.ofrecidas().filter(capacitacion__centro__slug="cusco").exists()
    assert Inscripcion.objects.filter(motivo_anulacion="oferta_vencida").exists()
    assert not Inscripcion.objects.filter(estado="anulada", motivo_anulacion="").exists()
    assert DiaNoLaborable.objects.filter(departamento__nombre="Cusco").exists()


def test_en_cusco_hay_una_convocatoria_con_baja_acogida_y_llamadas_a_medio_hacer():
    (baja,) = con_baja_acogida(Capacitacion.objects.filter(slug__startswith="modificaciones-presupuestarias-cusco"))
    llamadas = baja.llamadas.filter(asunto="convocatoria")
    assert 0 < llamadas.pendientes().count() < llamadas.count()
    assert Invitacion.objects.values("capacitacion").distinct().count() >= 3
    assert Inscripcion.objects.filter(canal="telefono").exists()


def test_la_sede_dice_como_hablarle():
    ajustes = AjustesPortal.load()
    assert ajustes.telefono
    assert ajustes.correo.endswith(".example")


def test_hay_asistencias_firmadas_y_sin_firmar():
    assert Asistencia.objects.firmadas().exists()
    assert Asistencia.objects.filter(esta_firmada=False).exists()


def test_cusco_tiene_contenido_validado_devuelto_y_por_validar():
    cusco = Validacion.objects.vigentes().filter(capacitacion__centro__slug="cusco")
    assert set(cusco.values_list("estado", flat=True)) == set(Validacion.Estado.values)
    assert all(v.ultima_decision.observacion for v in cusco.por_corregir())
    con_responsable = Validacion.objects.por_decidir(Usuario.objects.get(username="responsable.tecnico"))
    assert con_responsable.exists()
    publicadas = Capacitacion.objects.en_pie()
    assert not publicadas.filter(validaciones__isnull=True).exists()


def test_cusco_tiene_pruebas_con_ganancia_y_vistos_buenos():
    pruebas = Prueba.objects.definidas().filter(capacitacion__centro__slug="cusco")
    assert max(resultados_de(prueba).ganancia_normalizada or 0 for prueba in pruebas) > 0
    assert VistoBueno.objects.filter(inscripcion__asistencias__esta_firmada=True).exists()


def test_cusco_tiene_un_registro_por_firmar_y_otro_escaneado():
    escaneo = Escaneo.objects.select_related("archivo", "sesion__capacitacion__centro").first()
    assert escaneo.sesion.capacitacion.centro.slug == "cusco"
    assert escaneo.hojas.count() == escaneo.paginas
    assert escaneo.archivo.leer().startswith(b"%PDF-")
    assert HojaDeRegistro.objects.filter(sesion__fecha__gte=timezone.localdate()).exists()


def test_hoy_hay_una_capacitacion_en_cusco_con_su_mesa_abierta_y_otras_cerradas():
    hoy = timezone.localdate()
    abierta = Mesa.objects.get(cerrada_en__isnull=True)
    assert abierta.capacitacion.fecha_inicio == hoy
    assert Asistencia.objects.firmadas().filter(mesa=abierta).count() == abierta.operaciones.count() > 0
    assert Mesa.objects.exclude(pk=abierta.pk).count() >= 3


def test_los_suscriptores_piden_cosas_distintas_y_hay_una_lista_por_decidir():
    confirmados = Suscriptor.objects.confirmados()
    for tipo in Suscriptor.Tipo:
        assert 0 < confirmados.que_aceptan(tipo).count() < confirmados.count()
    assert Suscriptor.objects.filter(temas__isnull=False).exists()
    assert Suscriptor.objects.filter(pausa_hasta__gt=timezone.localdate()).exists()
    assert {"propia", "rebote"} <= set(Suscriptor.objects.values_list("baja_por", flat=True))
    assert Suscriptor.objects.filter(consentimiento__canal="importacion").count() == 60
    ensayada = ImportacionDeSuscriptores.objects.get(estado="ensayada")
    assert ensayada.cuentas == {"nuevos": 40, "errores": 3, "repetidos": 1, "ya_estaban": 1, "suprimidos": 3}


def test_la_informativa_no_tiene_encuestas():
    assert not Calificacion.objects.filter(respuesta__capacitacion__tipo="informativa").exists()


def test_cusco_tiene_logistica_a_medias_y_encuestas_en_linea():
    de_cusco = TareaLogistica.objects.filter(capacitacion__centro__slug="cusco")
    assert set(de_cusco.values_list("estado", flat=True)) >= {"pendiente", "listo"}
    abierta = AplicacionDeEncuesta.objects.get(cerrada_en=None)
    cerrada = AplicacionDeEncuesta.objects.exclude(cerrada_en=None).get()
    assert abierta.capacitacion.boletas.filter(esta_usada=False).exists()
    for aplicacion in (abierta, cerrada):
        suyas = aplicacion.capacitacion.respuestas
        assert suyas.filter(canal="web").count() == aplicacion.capacitacion.boletas.filter(esta_usada=True).count() > 0
        assert suyas.count() <= cifras_de(aplicacion.capacitacion).participantes
    assert resumen_de(cerrada.capacitacion).se_desglosa


def test_hay_una_cuenta_por_rol_y_los_de_centro_en_dos_centros():
    for rol in Rol:
        cuentas = Asignacion.objects.filter(rol=rol, es_encargatura=False).values("usuario").distinct().count()
        assert cuentas == (2 if rol in ROLES_DE_CENTRO else 1), rol


def test_las_cuentas_entran_con_la_clave_anunciada(client):
    for usuario in Usuario.objects.filter(is_active=True):
        respuesta = client.post("/acceso/entrar/", {"login": usuario.username, "password": CLAVE})
        assert (respuesta.status_code, respuesta.url) == (302, "/intranet/"), usuario
        client.logout()


def test_toda_pagina_dice_que_es_una_demostracion(client):
    aviso = AjustesPortal.load().aviso_demostracion
    capacitacion = Capacitacion.objects.filter(estado="publicada").proximas().first()
    paginas = ["/", "/capacitaciones/", "/boletines/", "/comunicados/", "/centros/", capacitacion.get_absolute_url()]
    for url in paginas:
        assert aviso in client.get(url).content.decode(), url


def test_cargar_otra_vez_conserva_lo_que_hay():
    nueva = CapacitacionFactory()
    antes = Capacitacion.objects.count()
    call_command("cargar_demo", verbosity=0)
    assert Capacitacion.objects.count() == antes
    assert Capacitacion.objects.filter(pk=nueva.pk).exists()


def test_las_mismas_fechas_dan_las_mismas_capacitaciones():
    hoy = timezone.localdate()

    def titulos():
        programador = Programador(hoy)
        for centro in Centro.objects.order_by("slug")[:3]:
            programador.del_centro(centro)
        return [(c.titulo, c.slug, c.tipo) for c in programador.capacitaciones]

    assert titulos() == titulos()
    assert dibujar(3) == dibujar(3)


def test_los_envios_muestran_una_firma_pendiente_una_pausa_y_los_resultados():
    assert set(Envio.objects.masivos().values_list("estado", flat=True)) == {"terminado", "por_aprobar", "en_pausa"}
    por_firmar = Envio.objects.get(estado="por_aprobar")
    assert por_firmar.entregas.filter(es_copia=False).count() > AjustesPortal.load().tope_sin_segunda_firma
    resultados = resultados_del_envio(Envio.objects.get(asunto__startswith="Cierre contable"))
    assert min(resultados.rebotes, resultados.pasajeros, resultados.quejas, resultados.bajas) > 0
    assert Envio.objects.personales().filter(entregas__estado="rebotada").exists()
    de_boletin = Envio.objects.filter(lista__startswith="boletin-")
    assert de_boletin.exists()
    assert not de_boletin.filter(html="").exists()
    assert not Entrega.objects.filter(envio__in=de_boletin, estado="rebotada", sucesos=None).exists()
    # Nada de la demostración está por salir.
    assert not Entrega.objects.por_enviar().exists()


def test_quitarla_deja_los_datos_reales_y_lo_que_hizo_la_gente():
    propia = CapacitacionFactory(titulo="Hecha por una persona", centro=Centro.objects.get(slug="cusco"))
    de_demo = Persona.objects.first()
    inscripcion = InscripcionFactory(capacitacion=propia, persona=de_demo, entidad=Entidad.objects.first())

    call_command("quitar_demo", verbosity=0)

    assert list(Capacitacion.objects.all()) == [propia]
    assert list(Inscripcion.objects.all()) == [inscripcion]
    assert list(Persona.objects.all()) == [de_demo]
    assert Centro.objects.count() == 24
    assert Entidad.objects.count() == 1_918
    for modelo in (
        ImportacionDeSuscriptores,
        Personal,
        Operador,
        Suscriptor,
        Usuario,
        BoletinPage,
        Edicion,
        ComunicadoPage,
        Marca,
        ArchivoPrivado,
        Envio,
        Supresion,
    ):
        assert not modelo.objects.exists(), modelo
    assert not AjustesPortal.load().es_demostracion
    assert not Centro.objects.exclude(direccion="").exists()


def test_no_se_mezcla_con_una_oficina_que_ya_trabaja():
    Carga.objects.all().delete()
    antes = Capacitacion.objects.count()
    salida = io.StringIO()

    call_command("cargar_demo", stdout=salida)

    assert "ya trabaja con sus propios datos" in salida.getvalue()
    assert Capacitacion.objects.count() == antes
    assert not Carga.objects.exists()
