"""El Responsable Técnico de cada sistema valida el contenido a tiempo para el especialista (R74, R75)."""

import datetime as dt
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comun.plazos import es_habil, habiles_despues
from comun.templatetags.comun import fecha_larga
from correo.mensaje import armar
from correo.models import Entrega, Envio
from custodia.models import Huella
from eventos.actions import validacion as acciones
from eventos.actions.cancelacion import cancelar
from eventos.actions.capacitacion import publicar
from eventos.actions.filas import Filas
from eventos.actions.material import guardar_materiales
from eventos.actions.validacion import decidir, pedir_validacion
from eventos.models import Capacitacion, DecisionDeValidacion, Validacion
from eventos.periodicas import vigilar_validaciones
from eventos.permissions import puede_pedir_validacion, puede_validar
from eventos.validaciones import dias_de_atraso, huella_de, plazo_de, situacion_de
from intranet.bandeja import asuntos_de
from organizacion.models import Asignacion, Rol, Usuario
from tests import personas
from tests.fabricas import (
    CapacitacionFactory,
    DiaNoLaborableFactory,
    ExpositorFactory,
    MaterialFactory,
    PersonalFactory,
    SistemaFactory,
    ValidacionFactory,
)

from .ayudas import completa, dentro_de, edicion_de, filas

pytestmark = pytest.mark.django_db
FECHAS = st.dates(dt.date(2024, 1, 10), dt.date(2035, 12, 31))
Estado = Validacion.Estado


@pytest.fixture
def responsable(db):
    Usuario.objects.filter(pk=personas.responsable_de_presupuesto().pk).update(email="rt@mef.example")
    return Usuario.objects.get(username="responsable.presupuesto")


@pytest.fixture
def borrador(cusco):
    return completa(estado="borrador", titulo="Cierre contable")


@pytest.fixture
def pedida(borrador, asistente, responsable):
    pedir_validacion(capacitacion=borrador, por=asistente)
    return borrador.validaciones.get()


def aprobar(validacion, por):
    return decidir(validacion=validacion, aprueba=True, por=por, huella=huella_de(validacion.capacitacion))


def pantalla(validacion):
    return reverse("eventos_intranet:validacion", args=[validacion.pk])


def envio_de(validacion, **cambios):
    return {"huella": huella_de(validacion.capacitacion), "observacion": ""} | cambios


def asunto_de(usuario, titulo):
    return next((a for a in asuntos_de(Usuario.objects.get(pk=usuario.pk)) if a.titulo == titulo), None)


# --- El plazo ---


@given(inicio=FECHAS, decretados=st.sets(st.integers(1, 9)))
def test_r75_el_plazo_es_el_dia_habil_anterior_al_evento_con_cualquier_feriado(inicio, decretados):
    dias = {inicio - dt.timedelta(days=n) for n in decretados}
    plazo = plazo_de(Capacitacion(fecha_inicio=inicio), dias)
    assert plazo < inicio
    assert es_habil(plazo, dias)
    assert habiles_despues(plazo, inicio - dt.timedelta(days=1), dias) == 0
    assert plazo <= plazo_de(Capacitacion(fecha_inicio=inicio), ())  # un feriado nunca lo atrasa


def test_r75_cuenta_los_dias_del_centro(cusco):
    lunes = dentro_de(7 + (7 - dentro_de(0).weekday()))
    capacitacion = CapacitacionFactory(centro=cusco, fecha_inicio=lunes)
    antes = plazo_de(capacitacion)
    DiaNoLaborableFactory(fecha=antes)
    assert plazo_de(capacitacion) < antes


def test_al_reprogramar_el_plazo_se_recalcula(cliente, borrador, asistente, responsable):
    publicar(capacitacion=borrador, por=asistente)
    sesion = borrador.sesiones.get()
    nueva = dentro_de(21)
    cambio = {"id": sesion.pk, "fecha": nueva.isoformat(), "hora_inicio": "09:00", "hora_fin": "13:00"}
    datos = edicion_de(borrador, motivo_del_cambio="usuarios", **filas("sesiones", [cambio], iniciales=1))

    cliente.post(reverse("eventos_intranet:editar", args=[borrador.pk]), datos)

    borrador.refresh_from_db()
    assert borrador.fecha_inicio == nueva
    assert borrador.validaciones.get().vence_el == plazo_de(borrador)


# --- Pedirla ---


def test_r74_al_publicar_se_pide_la_de_cada_sistema_y_se_avisa_al_responsable(borrador, asistente, responsable):
    otro = SistemaFactory(slug="contabilidad", nombre="Contabilidad")
    borrador.sistemas.add(otro)
    publicar(capacitacion=borrador, por=asistente)
    assert set(borrador.validaciones.values_list("sistema__slug", "estado")) == {
        ("presupuesto", "pendiente"),
        ("contabilidad", "pendiente"),
    }
    assert list(Entrega.objects.values_list("direccion", flat=True)) == ["rt@mef.example"]
    assert Envio.objects.get().asunto == "POR VALIDAR: Cierre contable"


def test_si_la_cuenta_no_tiene_correo_se_usa_el_del_directorio(borrador, asistente):
    responsable = personas.responsable_de_presupuesto()
    PersonalFactory(centro=None, usuario=responsable, correo="directorio@mef.example")
    pedir_validacion(capacitacion=borrador, por=asistente)
    assert Entrega.objects.get().direccion == "directorio@mef.example"


def test_en_borrador_se_pide_con_un_boton_y_repetirlo_no_pide_dos_veces(cliente, borrador, responsable):
    url = reverse("eventos_intranet:validacion-pedir", args=[borrador.pk])
    assert "Pedir validación" in cliente.get(reverse("eventos_intranet:panel", args=[borrador.pk])).text
    cliente.post(url)
    cliente.post(url)
    assert borrador.validaciones.count() == 1
    assert Envio.objects.count() == 1
    assert cliente.get(url).status_code == 405


def test_una_de_la_sede_tambien_se_pide(ogauc, responsable):
    de_la_sede = completa(centro=None, organizador="sede", estado="borrador")
    publicar(capacitacion=de_la_sede, por=ogauc)
    assert asunto_de(responsable, "Contenidos por validar").lineas[0].texto == de_la_sede.titulo


def test_si_se_quita_un_sistema_su_validacion_se_va_y_si_se_agrega_se_pide(cliente, borrador, asistente, responsable):
    publicar(capacitacion=borrador, por=asistente)
    otro = SistemaFactory(slug="contabilidad", nombre="Contabilidad")
    cliente.post(reverse("eventos_intranet:editar", args=[borrador.pk]), edicion_de(borrador, sistemas=[otro.pk]))
    assert [v.sistema for v in borrador.validaciones.all()] == [otro]


def test_lo_ya_decidido_de_un_sistema_que_se_quito_queda_y_no_cuenta(cliente, pedida, responsable):
    aprobar(pedida, responsable)
    otro = SistemaFactory(slug="contabilidad", nombre="Contabilidad")
    url = reverse("eventos_intranet:editar", args=[pedida.capacitacion_id])
    cliente.post(url, edicion_de(pedida.capacitacion, sistemas=[otro.pk]))
    assert Validacion.objects.filter(pk=pedida.pk).exists()
    assert not Validacion.objects.vigentes().filter(pk=pedida.pk).exists()


def test_cancelada_ya_no_espera_a_nadie(borrador, asistente, responsable):
    publicar(capacitacion=borrador, por=asistente)
    cancelar(capacitacion=borrador, motivo="usuarios", por=asistente)
    assert asunto_de(responsable, "Contenidos por validar") is None


# --- Decidir ---


def test_r74_el_responsable_ve_temas_programa_y_materiales_y_aprueba(client, pedida, responsable):
    material = MaterialFactory(capacitacion=pedida.capacitacion, titulo="Diapositivas")
    client.force_login(responsable)
    texto = client.get(pantalla(pedida)).text
    for dato in ("Normas del año", "Cerrar el mes.", "Diapositivas", "Programa (Anexo 5, PDF)"):
        assert dato in texto
    archivo = client.get(reverse("eventos_intranet:material", args=[material.pk]))
    assert b"".join(archivo.streaming_content).startswith(b"%PDF")
    assert client.get(reverse("eventos_intranet:validacion-anexo5", args=[pedida.pk])).content.startswith(b"%PDF")

    client.post(pantalla(pedida), envio_de(pedida, aprobar="1"))

    pedida.refresh_from_db()
    assert pedida.estado == Estado.APROBADA
    assert pedida.huella_contenido == huella_de(pedida.capacitacion)
    assert DecisionDeValidacion.objects.get().tomada_por == responsable
    assert Huella.objects.filter(accion="aprobar contenido", usuario=responsable).exists()


def test_r75_lo_aprobado_llega_a_los_especialistas_del_sistema_y_al_centro(pedida, responsable, cusco):
    capacitacion = pedida.capacitacion
    for slug, correo in (("presupuesto", "julia@mef.example"), ("contabilidad", "otro@mef.example")):
        especialista = PersonalFactory(centro=cusco, correo=correo, sistema=SistemaFactory(slug=slug))
        ExpositorFactory(capacitacion=capacitacion, personal=especialista)
    aprobar(pedida, responsable)
    envio = Envio.objects.get(asunto__startswith="CONTENIDO APROBADO")
    assert set(envio.entregas.values_list("direccion", flat=True)) == {"julia@mef.example", cusco.correo}


def test_cada_correo_dice_de_que_trata_hasta_cuando_y_adonde_ir(pedida, responsable, cusco):
    huella = huella_de(pedida.capacitacion)
    decidir(validacion=pedida, aprueba=False, por=responsable, observacion="Falta D'Angelo & cía.", huella=huella)
    panel = reverse("eventos_intranet:panel", args=[pedida.capacitacion_id])
    esperado = {
        "POR VALIDAR": ["Presupuesto Público", fecha_larga(pedida.vence_el), pantalla(pedida)],
        "CONTENIDO DEVUELTO": ["Falta D'Angelo & cía.", panel],
    }
    for comienzo, datos in esperado.items():
        mensaje = armar(Entrega.objects.get(envio__asunto=f"{comienzo}: Cierre contable"))
        assert mensaje.reply_to == [cusco.correo]
        for parte in (mensaje.body, unescape(mensaje.alternatives[0].content)):
            for dato in [*datos, "Cierre contable", "CONECTAMEF Cusco", "Lo recibe porque"]:
                assert dato in parte
            assert "None" not in parte


def test_devolver_exige_observacion_y_no_pierde_lo_escrito(client, pedida, responsable):
    client.force_login(responsable)
    respuesta = client.post(pantalla(pedida), envio_de(pedida, devolver="1", observacion="  "))
    assert respuesta.status_code == 200
    assert "Escriba qué debe corregirse" in respuesta.text
    with pytest.raises(acciones.FaltaObservacion):
        decidir(validacion=pedida, aprueba=False, por=responsable, huella=huella_de(pedida.capacitacion))
    pedida.refresh_from_db()
    assert pedida.estado == Estado.PENDIENTE


def test_devuelta_el_centro_lee_la_observacion_corrige_y_vuelve_a_pedirla(client, pedida, responsable, asistente):
    client.force_login(responsable)
    client.post(pantalla(pedida), envio_de(pedida, devolver="1", observacion="Falta la directiva de este año."))

    asunto = asunto_de(asistente, "Contenidos devueltos con observación")
    assert "Falta la directiva" in asunto.lineas[0].detalle
    client.force_login(asistente)
    panel = client.get(reverse("eventos_intranet:panel", args=[pedida.capacitacion_id])).text
    assert "Falta la directiva de este año." in panel
    assert "Volver a pedir la validación" in panel
    client.post(reverse("eventos_intranet:validacion-pedir", args=[pedida.capacitacion_id]))

    pedida.refresh_from_db()
    assert pedida.estado == Estado.PENDIENTE
    assert asunto_de(asistente, "Contenidos devueltos con observación") is None
    assert Envio.objects.filter(asunto__startswith="POR VALIDAR").count() == 2


def test_repetir_la_decision_no_hace_nada(pedida, responsable):
    aprobar(pedida, responsable)
    aprobar(pedida, responsable)
    assert DecisionDeValidacion.objects.count() == 1
    with pytest.raises(acciones.NoEstaPorValidar):
        decidir(validacion=pedida, aprueba=False, por=responsable, observacion="No", huella="")


def test_si_el_contenido_cambia_mientras_lo_revisa_no_se_aprueba(client, pedida, responsable):
    client.force_login(responsable)
    datos = envio_de(pedida, aprobar="1", observacion="Bien.")
    MaterialFactory(capacitacion=pedida.capacitacion)
    respuesta = client.post(pantalla(pedida), datos)
    assert "El contenido cambió mientras usted lo revisaba" in respuesta.text
    assert "Bien." in respuesta.text
    assert huella_de(pedida.capacitacion) in respuesta.text  # al volver a enviar, decide sobre lo que ahora ve
    assert not DecisionDeValidacion.objects.exists()


def test_si_lo_aprobado_cambia_se_vuelve_a_pedir(pedida, responsable, asistente):
    aprobar(pedida, responsable)
    capacitacion = pedida.capacitacion
    MaterialFactory(capacitacion=capacitacion)
    material = capacitacion.materiales.get()
    material.titulo = "Otra versión"
    guardar_materiales(capacitacion=capacitacion, filas=Filas(guardar=[material]), por=asistente)
    pedida.refresh_from_db()
    assert pedida.estado == Estado.PENDIENTE
    assert Envio.objects.filter(asunto__startswith="POR VALIDAR").count() == 2


def test_lo_que_se_sube_despues_del_evento_no_reabre_nada(responsable, asistente):
    pasada = completa(dias=-2)
    aprobada = ValidacionFactory(
        capacitacion=pasada, estado=Estado.APROBADA, decidida_en=timezone.now(), huella_contenido="de antes"
    )
    material = MaterialFactory(capacitacion=pasada)
    guardar_materiales(capacitacion=pasada, filas=Filas(guardar=[material]), por=asistente)
    aprobada.refresh_from_db()
    assert aprobada.estado == Estado.APROBADA


def test_si_el_aviso_falla_no_se_guarda_la_decision(pedida, responsable, monkeypatch):
    def falla(decision):
        raise RuntimeError

    monkeypatch.setattr(acciones, "avisar_decision", falla)
    with pytest.raises(RuntimeError):
        aprobar(pedida, responsable)
    pedida.refresh_from_db()
    assert pedida.estado == Estado.PENDIENTE
    assert not DecisionDeValidacion.objects.exists()


def test_con_el_expediente_cerrado_no_se_pide_ni_se_decide(pedida, responsable, asistente):
    huella = huella_de(pedida.capacitacion)
    Capacitacion.objects.update(cerrada_en=timezone.now())
    with pytest.raises(acciones.NoProcede, match="ya se cerró"):
        decidir(validacion=pedida, aprueba=True, por=responsable, huella=huella)
    with pytest.raises(acciones.NoProcede, match="ya se cerró"):
        pedir_validacion(capacitacion=pedida.capacitacion, por=asistente)


# --- Quién ---


def test_r74_nadie_mas_decide(client, pedida, coordinadora, ogauc, asistente):
    jefe = Usuario.objects.create_superuser("jefe", password="x")
    for usuario in (coordinadora, ogauc, asistente, personas.especialista_de_cusco(), jefe):
        client.force_login(usuario)
        assert "Aprobar el contenido" not in client.get(pantalla(pedida)).text
        assert client.post(pantalla(pedida), envio_de(pedida, aprobar="1")).status_code == 403
    assert not DecisionDeValidacion.objects.exists()


def test_el_responsable_de_otro_sistema_ni_la_ve(client, pedida):
    otro = SistemaFactory(slug="contabilidad", nombre="Contabilidad")
    client.force_login(personas.con_rol("responsable.contabilidad", Rol.RESPONSABLE_TECNICO, sistema=otro))
    assert client.get(pantalla(pedida)).status_code == 404
    assert client.post(pantalla(pedida), envio_de(pedida, aprobar="1")).status_code == 404


def test_el_encargado_decide_mientras_dura_su_encargatura(pedida):
    encargado = personas.con_rol("encargado", Rol.OGTI)
    encargo = Asignacion.objects.create(
        usuario=encargado, rol=Rol.RESPONSABLE_TECNICO, sistema=pedida.sistema, es_encargatura=True
    )
    assert puede_validar(Usuario.objects.get(pk=encargado.pk), pedida)
    ayer = dentro_de(-1)
    Asignacion.objects.filter(pk=encargo.pk).update(desde=ayer, hasta=ayer)
    assert not puede_validar(Usuario.objects.get(pk=encargado.pk), pedida)


def test_lo_de_otro_centro_no_existe(client, pedida):
    client.force_login(personas.coordinador_de_arequipa())
    for nombre, llave in (("validacion", pedida.pk), ("validacion-anexo5", pedida.pk)):
        assert client.get(reverse(f"eventos_intranet:{nombre}", args=[llave])).status_code == 404
    url = reverse("eventos_intranet:validacion-pedir", args=[pedida.capacitacion_id])
    assert client.post(url).status_code == 404


def test_el_responsable_no_trabaja_la_capacitacion_que_valida(pedida, responsable):
    assert puede_validar(responsable, pedida)
    assert not puede_pedir_validacion(responsable, pedida.capacitacion)


# --- El atraso se ve ---


@pytest.mark.parametrize(
    ("dia", "dice"),
    [(0, "Aprobada a tiempo"), (1, "Aprobada 1 día hábil tarde"), (4, "Aprobada 2 días hábiles tarde")],
)
def test_r75_se_dice_si_se_aprobo_a_tiempo_o_cuantos_dias_habiles_tarde(cusco, dia, dice):
    jueves = dt.date(2026, 9, 3)  # sin feriados hasta el martes 8
    decidida = timezone.make_aware(dt.datetime.combine(jueves + dt.timedelta(days=dia), dt.time(20)))
    fila = ValidacionFactory(vence_el=jueves, estado=Estado.APROBADA, decidida_en=decidida)
    assert situacion_de(fila) == dice


def test_el_atraso_se_ve_en_el_panel_en_la_lista_y_en_la_bandeja_de_la_ogauc(client, ogauc, responsable):
    atrasada = ValidacionFactory(capacitacion=completa(titulo="Sin validar"), vence_el=dentro_de(-4))
    assert dias_de_atraso(atrasada) > 0
    client.force_login(ogauc)
    panel = client.get(reverse("eventos_intranet:panel", args=[atrasada.capacitacion_id])).text
    assert "de atraso" in panel
    assert "paso-atrasado" in panel
    for registro, consulta in (("validaciones", "?situacion=atrasadas"), ("capacitaciones", "?validacion=atrasadas")):
        assert "Sin validar" in client.get(reverse(f"{registro}_modeladmin_index") + consulta).text
    assert "Sin validar" not in client.get(reverse("validaciones_modeladmin_index") + "?situacion=a-tiempo").text
    assert asunto_de(ogauc, "Validaciones atrasadas").lineas[0].texto == "Sin validar"
    assert "de atraso" in asunto_de(responsable, "Contenidos por validar").lineas[0].detalle


def test_se_dice_si_un_sistema_no_tiene_quien_valide(cliente, borrador, asistente):
    pedir_validacion(capacitacion=borrador, por=asistente)
    panel = cliente.get(reverse("eventos_intranet:panel", args=[borrador.pk])).text
    assert "no tiene Responsable Técnico" in panel


def test_se_recuerda_al_acercarse_el_plazo_y_al_vencer_una_vez_cada_uno(borrador, asistente, responsable, monkeypatch):
    publicar(capacitacion=borrador, por=asistente)
    hoy = timezone.localdate()
    for dia in range((borrador.fecha_inicio - hoy).days + 1):
        for hora in (7, 9, 17):
            momento = timezone.make_aware(dt.datetime.combine(hoy + dt.timedelta(days=dia), dt.time(hora)))
            monkeypatch.setattr(timezone, "now", lambda momento=momento: momento)
            vigilar_validaciones()
    asuntos = Envio.objects.filter(clave__contains="recordatorio").order_by("pk").values_list("asunto", flat=True)
    assert list(asuntos) == ["POR VENCER: Cierre contable", "ATRASADA: Cierre contable"]


def test_un_dia_no_laborable_decretado_despues_adelanta_el_plazo(borrador, asistente, responsable, monkeypatch):
    publicar(capacitacion=borrador, por=asistente)
    plazo = borrador.validaciones.get().vence_el
    DiaNoLaborableFactory(fecha=plazo)
    momento = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time(9)))
    monkeypatch.setattr(timezone, "now", lambda: momento)
    vigilar_validaciones()
    assert borrador.validaciones.get().vence_el < plazo
