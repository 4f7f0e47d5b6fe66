"""La mesa de asistencia: quién firmó, quién llegó sin inscribirse y el Anexo 6."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from correo.models import Entrega
from custodia.models import Huella
from eventos.actions.asistencia import NoEstaPublicada, SesionFutura, marcar_asistencias
from eventos.cifras import Cifras, cifras_de
from eventos.models import Asistencia, Inscripcion
from tests.fabricas import AsistenciaFactory, EntidadFactory, InscripcionFactory, PersonaFactory, SesionFactory

from .ayudas import completa, de_hoy, dentro_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def capacitacion(cusco):
    return de_hoy()


@pytest.fixture
def sesion(capacitacion):
    return capacitacion.sesiones.get()


def mesa(capacitacion, nombre="asistencia", **consulta):
    return reverse(f"eventos_intranet:{nombre}", args=[capacitacion.pk], query=consulta)


def persona_en_puerta(**cambios):
    datos = {
        "tipo_documento": "dni",
        "numero_documento": "41234567",
        "nombres": "Elena",
        "apellidos": "Ñaupa Quispe",
        "entidad_texto": "Beneficencia de Anta",
        "cargo": "Contadora",
        "correo": "elena@anta.example",
        "telefono": "984123456",
        "firmo": "on",
    }
    return datos | cambios


# --- La acción ---


def test_trescientas_marcas_en_pocas_consultas_y_una_sola_huella(
    capacitacion, sesion, asistente, django_assert_max_num_queries
):
    InscripcionFactory.create_batch(300, capacitacion=capacitacion, entidad=None)
    todas = set(capacitacion.inscripciones.values_list("pk", flat=True))

    with django_assert_max_num_queries(15):
        assert marcar_asistencias(sesion=sesion, firmaron=todas, por=asistente) == 300
    assert cifras_de(capacitacion) == Cifras(300, 300)
    assert Huella.objects.filter(accion="registrar asistencia").count() == 1


def test_repetirla_no_cambia_nada(capacitacion, sesion, asistente):
    firmaron = {InscripcionFactory(capacitacion=capacitacion).pk}
    assert marcar_asistencias(sesion=sesion, firmaron=firmaron, por=asistente) == 1
    assert marcar_asistencias(sesion=sesion, firmaron=firmaron, por=asistente) == 0
    assert Asistencia.objects.count() == 1
    assert Huella.objects.filter(accion="registrar asistencia").count() == 1


def test_desmarcar_deja_de_contar_y_volver_a_marcar_no_duplica(capacitacion, sesion, asistente):
    inscripcion = InscripcionFactory(capacitacion=capacitacion)
    for firmaron, esperado in (({inscripcion.pk}, 1), (set(), 0), ({inscripcion.pk}, 1)):
        marcar_asistencias(sesion=sesion, firmaron=firmaron, por=asistente)
        assert cifras_de(capacitacion).participantes == esperado
    assert Asistencia.objects.count() == 1


def test_no_se_marca_a_quien_es_de_otra_capacitacion_ni_al_anulado(capacitacion, sesion, asistente):
    ajena = InscripcionFactory()
    anulada = InscripcionFactory(capacitacion=capacitacion, estado=Inscripcion.Estado.ANULADA)
    assert marcar_asistencias(sesion=sesion, firmaron={ajena.pk, anulada.pk, 999_999}, por=asistente) == 0
    assert not Asistencia.objects.exists()


def test_quien_esperaba_y_firmo_queda_confirmado_aunque_exceda_los_cupos(asistente, cusco):
    capacitacion = de_hoy(cupos=1)
    InscripcionFactory(capacitacion=capacitacion)
    espera = InscripcionFactory(capacitacion=capacitacion, estado=Inscripcion.Estado.EN_ESPERA)
    marcar_asistencias(sesion=capacitacion.sesiones.get(), firmaron={espera.pk}, por=asistente)
    espera.refresh_from_db()
    assert espera.estado == Inscripcion.Estado.CONFIRMADA
    assert Huella.objects.get(accion="registrar asistencia").detalle["admitidas"] == 1


def test_antes_del_dia_no_se_registra(asistente):
    capacitacion = completa()
    with pytest.raises(SesionFutura):
        marcar_asistencias(sesion=capacitacion.sesiones.get(), firmaron=set(), por=asistente)


def test_en_un_borrador_no_se_registra(asistente):
    capacitacion = de_hoy(estado="borrador")
    with pytest.raises(NoEstaPublicada):
        marcar_asistencias(sesion=capacitacion.sesiones.get(), firmaron=set(), por=asistente)


# --- La pantalla ---


def test_la_lista_va_por_apellido_sin_que_la_tilde_estorbe(cliente, capacitacion):
    for apellidos in ("Zárate", "Álvarez", "Condori", "Cárdenas"):
        InscripcionFactory(capacitacion=capacitacion, apellidos=apellidos)
    respuesta = cliente.get(mesa(capacitacion))
    assert [i.apellidos for i in respuesta.context["confirmadas"]] == ["Álvarez", "Cárdenas", "Condori", "Zárate"]


def test_la_lista_vela_el_documento(cliente, capacitacion):
    persona = PersonaFactory(numero_documento="41239876")
    InscripcionFactory(capacitacion=capacitacion, persona=persona)
    texto = cliente.get(mesa(capacitacion)).content.decode()
    assert "****9876" in texto
    assert ">41239876" not in texto


def test_guardar_solo_toca_lo_que_cambio(cliente, capacitacion, sesion):
    """Dos mesas a la vez: una hoja vieja no borra lo que marcó la otra."""
    mia, de_la_otra_mesa = InscripcionFactory.create_batch(2, capacitacion=capacitacion)
    AsistenciaFactory(inscripcion=de_la_otra_mesa, sesion=sesion)

    cliente.post(mesa(capacitacion), {"sesion": sesion.pk, "firmo": [mia.pk]})

    assert cifras_de(capacitacion).participantes == 2


def test_quitar_la_marca_y_guardar_quita_la_firma(cliente, capacitacion, sesion):
    inscripcion = InscripcionFactory(capacitacion=capacitacion)
    AsistenciaFactory(inscripcion=inscripcion, sesion=sesion)
    cliente.post(mesa(capacitacion), {"sesion": sesion.pk, "antes": [inscripcion.pk]})
    assert cifras_de(capacitacion).participantes == 0


def test_firmaron_todos_los_de_la_lista(cliente, capacitacion, sesion):
    mostradas = [i.pk for i in InscripcionFactory.create_batch(3, capacitacion=capacitacion)]
    cliente.post(mesa(capacitacion), {"sesion": sesion.pk, "mostrada": mostradas, "todos": "1"})
    assert cifras_de(capacitacion).participantes == 3


def test_la_lista_de_cuarenta_no_hace_mas_consultas_que_la_de_una(cliente, capacitacion):
    def consultas():
        cliente.get(mesa(capacitacion))  # la primera visita tras un cambio llena las cachés
        with CaptureQueriesContext(connection) as capturadas:
            cliente.get(mesa(capacitacion))
        return len(capturadas)

    InscripcionFactory(capacitacion=capacitacion)
    consultas()  # los ajustes y los menús nacen con la primera visita
    con_una = consultas()
    InscripcionFactory.create_batch(39, capacitacion=capacitacion)
    assert consultas() == con_una


def test_repetir_la_marca_no_cambia_quien_la_registro(capacitacion, sesion, asistente, coordinadora):
    firmaron = {InscripcionFactory(capacitacion=capacitacion).pk}
    marcar_asistencias(sesion=sesion, firmaron=firmaron, por=asistente)
    marcar_asistencias(sesion=sesion, firmaron=firmaron, por=coordinadora)
    assert Asistencia.objects.get().registrada_por == asistente


def test_buscar_sin_javascript_filtra_la_lista(cliente, capacitacion):
    InscripcionFactory(capacitacion=capacitacion, apellidos="Ñahui")
    InscripcionFactory(capacitacion=capacitacion, apellidos="Condori")
    respuesta = cliente.get(mesa(capacitacion, q="nahui"))
    assert [i.apellidos for i in respuesta.context["confirmadas"]] == ["Ñahui"]


def test_una_marca_se_guarda_al_tocarla(cliente, capacitacion, sesion):
    inscripcion = InscripcionFactory(capacitacion=capacitacion)
    marca = {"sesion": sesion.pk, "inscripcion": inscripcion.pk, "firmo": "1"}
    respuesta = cliente.post(mesa(capacitacion, "asistencia-marcar"), marca)
    assert respuesta.json() == {"firmas": 1}
    respuesta = cliente.post(mesa(capacitacion, "asistencia-marcar"), marca | {"firmo": "0"})
    assert respuesta.json() == {"firmas": 0}


@pytest.mark.parametrize(
    "cambio", [{"sesion": "x"}, {"inscripcion": "9" * 40}, {"inscripcion": "\x00"}, {"sesion": ""}]
)
def test_una_marca_sin_sentido_contesta_400(cliente, capacitacion, sesion, cambio):
    marca = {"sesion": sesion.pk, "inscripcion": InscripcionFactory(capacitacion=capacitacion).pk, "firmo": "1"}
    assert cliente.post(mesa(capacitacion, "asistencia-marcar"), marca | cambio).status_code == 400
    assert not Asistencia.objects.exists()


def test_no_se_marca_en_la_sesion_de_otra_capacitacion(cliente, capacitacion):
    otra = de_hoy().sesiones.get()
    marca = {"sesion": otra.pk, "inscripcion": InscripcionFactory(capacitacion=capacitacion).pk, "firmo": "1"}
    assert cliente.post(mesa(capacitacion, "asistencia-marcar"), marca).status_code == 400


def test_una_marca_antes_del_dia_dice_por_que_no(cliente):
    capacitacion = completa()
    inscripcion = InscripcionFactory(capacitacion=capacitacion)
    marca = {"sesion": capacitacion.sesiones.get().pk, "inscripcion": inscripcion.pk, "firmo": "1"}
    respuesta = cliente.post(mesa(capacitacion, "asistencia-marcar"), marca)
    assert respuesta.status_code == 409
    assert "desde ese día" in respuesta.json()["error"]


@pytest.mark.parametrize("basura", [{"sesion": "abc"}, {"sesion": "9" * 50}, {"q": "\x00"}, {"q": "a" * 5000}])
def test_una_consulta_con_basura_no_falla(cliente, capacitacion, basura):
    assert cliente.get(mesa(capacitacion), basura).status_code == 200
    assert cliente.post(mesa(capacitacion), basura | {"firmo": ["x", "-1", "9" * 60]}).status_code == 302


def test_sin_sesiones_la_mesa_lo_dice(cliente):
    capacitacion = completa(sesiones=False)
    assert "aún no tiene sesiones" in cliente.get(mesa(capacitacion)).content.decode()
    assert cliente.post(mesa(capacitacion)).status_code == 302
    assert "Agregue primero las sesiones" in cliente.get(mesa(capacitacion, "anexo6"), follow=True).text


def test_la_sesion_que_se_abre_es_la_de_hoy(cliente, capacitacion, sesion):
    SesionFactory(capacitacion=capacitacion, fecha=dentro_de(1))
    SesionFactory(capacitacion=capacitacion, fecha=dentro_de(-1))
    assert cliente.get(mesa(capacitacion)).context["sesion"] == sesion


# --- En la puerta ---


def test_se_inscribe_a_quien_llego_y_ya_firmo(cliente, asistente, capacitacion, sesion):
    cliente.post(mesa(capacitacion, "asistencia-inscribir"), persona_en_puerta(sesion=sesion.pk))
    inscripcion = Inscripcion.objects.get()
    assert inscripcion.canal == Inscripcion.Canal.MESA
    assert inscripcion.registrada_por == asistente
    assert inscripcion.entidad_texto == "Beneficencia de Anta"
    assert cifras_de(capacitacion) == Cifras(1, 1)


def test_la_entidad_que_esta_en_el_directorio_queda_vinculada(cliente, capacitacion, sesion):
    entidad = EntidadFactory(nombre="Municipalidad Provincial de Anta")
    datos = persona_en_puerta(entidad_texto="municipalidad provincial de anta")
    cliente.post(mesa(capacitacion, "asistencia-inscribir"), datos)
    inscripcion = Inscripcion.objects.get()
    assert (inscripcion.entidad, inscripcion.entidad_texto) == (entidad, "")


def test_sin_cupo_y_sin_firma_va_a_la_lista_de_espera(cliente, cusco):
    capacitacion = de_hoy(cupos=1)
    InscripcionFactory(capacitacion=capacitacion)
    cliente.post(mesa(capacitacion, "asistencia-inscribir"), persona_en_puerta(firmo=""))
    assert Inscripcion.objects.en_espera().count() == 1


def test_sin_cupo_y_con_firma_excede_los_cupos(cliente, cusco):
    capacitacion = de_hoy(cupos=1)
    InscripcionFactory(capacitacion=capacitacion)
    assert "excederá" in cliente.get(mesa(capacitacion)).content.decode()
    cliente.post(mesa(capacitacion, "asistencia-inscribir"), persona_en_puerta())
    assert Inscripcion.objects.confirmadas().count() == 2


def test_quien_ya_estaba_inscrito_no_se_repite(cliente, capacitacion):
    InscripcionFactory(capacitacion=capacitacion, persona=PersonaFactory(numero_documento="41234567"))
    respuesta = cliente.post(mesa(capacitacion, "asistencia-inscribir"), persona_en_puerta())
    assert "ya está inscrito" in respuesta.content.decode()
    assert "Ñaupa Quispe" in respuesta.content.decode()
    assert Inscripcion.objects.count() == 1


@pytest.mark.parametrize(
    ("cambio", "mensaje"),
    [
        ({"numero_documento": "123"}, "8 dígitos"),
        ({"tipo_documento": "cedula"}, "válida"),
        ({"correo": "sin arroba"}, "correo"),
        ({"telefono": "no tengo"}, "teléfono"),
        ({"entidad_texto": ""}, "Escriba la entidad"),
        ({"apellidos": "a\x00b"}, "nul"),
        ({"nombres": "Elena\nMaría"}, "una sola línea"),
    ],
)
def test_un_dato_malo_en_la_puerta_se_explica(cliente, capacitacion, cambio, mensaje):
    respuesta = cliente.post(mesa(capacitacion, "asistencia-inscribir"), persona_en_puerta(**cambio))
    assert respuesta.status_code == 200
    assert mensaje in respuesta.content.decode()
    assert not Inscripcion.objects.exists()


def test_pasado_el_ultimo_dia_solo_se_agrega_a_quien_firmo(cliente, cusco):
    capacitacion = completa(dias=-2)
    url = mesa(capacitacion, "asistencia-inscribir")
    assert "solo se agrega a quien firmó" in cliente.post(url, persona_en_puerta(firmo="")).content.decode()
    assert not Inscripcion.objects.exists()
    cliente.post(url, persona_en_puerta())
    assert cifras_de(capacitacion).participantes == 1


def test_quien_llega_sin_correo_se_inscribe_y_no_se_le_escribe(cliente, capacitacion, sesion):
    cliente.post(mesa(capacitacion, "asistencia-inscribir"), persona_en_puerta(sesion=sesion.pk, correo=""))

    assert Inscripcion.objects.get().correo == ""
    assert not Entrega.objects.exists()
