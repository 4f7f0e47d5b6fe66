"""Corregir, borrar u oponerse: se muestra antes, se hace de una vez y las cifras no cambian."""

import datetime as dt

import pytest
from django.urls import reverse

from boletines.models import Suscriptor
from comun.busqueda import filtrar_por_texto
from correo.models import Supresion
from custodia.models import Huella
from directorio.models import Operador
from eventos.actions.inscripcion import inscribir
from eventos.cifras import cifras_totales
from eventos.models import Capacitacion, Inscripcion
from organizacion.models import Persona
from tests.custodia.derechos import oficial, verificada
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    EntidadFactory,
    InscripcionFactory,
    OperadorFactory,
    PersonaFactory,
    SuscriptorFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def odp():
    return oficial()


@pytest.fixture
def cliente(client, odp):
    client.force_login(odp)
    return client


@pytest.fixture
def rosa():
    """Firmó en una capacitación, faltó a otra, está suscrita y fue operadora."""
    persona = PersonaFactory(numero_documento="40123456", nombres="Rosa", apellidos="Quispe Mamani")
    suyo = {"persona": persona, "nombres": "Rosa", "apellidos": "Quispe Mamani", "correo": "rosa@muni.example"}
    AsistenciaFactory(inscripcion=InscripcionFactory(**suyo, capacitacion=CapacitacionFactory(dias=-9)))
    InscripcionFactory(**suyo, capacitacion=CapacitacionFactory(dias=-5))
    SuscriptorFactory(correo="rosa@muni.example", nombre="Rosa Quispe")
    OperadorFactory(persona=persona, nombres="Rosa", apellidos="Quispe Mamani", esta_activo=False)
    return persona


def cifras():
    return cifras_totales(Capacitacion.objects.all()), Inscripcion.objects.count()


def hallada(modelo, texto="quispe"):
    return filtrar_por_texto(modelo.objects.all(), texto).exists()


def test_antes_se_ve_que_se_borra_que_se_bloquea_y_que_se_conserva_y_por_que(cliente, odp, rosa):
    pagina = cliente.get(reverse("custodia_solicitud_cancelar", args=[verificada("cancelacion", odp).pk])).text
    for dicho in ("Se borra", "Se anonimiza", "Se bloquea", "Se conserva", "normas de archivo del Estado"):
        assert dicho in pagina
    assert Persona.objects.filter(pk=rosa.pk, bloqueada_en=None).exists(), "mirar no cambia nada"


def test_cancelar_quita_lo_que_se_puede_y_las_cifras_no_cambian(cliente, odp, rosa):
    antes = cifras()
    una = verificada("cancelacion", odp)
    url = reverse("custodia_solicitud_cancelar", args=[una.pk])
    assert cliente.post(url, {"sello": cliente.get(url).context["sello"]}).status_code == 302
    assert cifras() == antes
    assert not Suscriptor.objects.exists()
    assert Supresion.objects.get().direccion == "rosa@muni.example"
    assert not any(hallada(modelo) for modelo in (Persona, Inscripcion, Operador))
    assert not hallada(Persona, "40123456")
    firmada = Inscripcion.objects.get(persona=rosa)
    assert (firmada.apellidos, firmada.correo, firmada.telefono) == ("Quispe Mamani", "", "")
    una.refresh_from_db()
    assert {fila[2] for fila in una.resultado} >= {"Se borra", "Se conserva", "Se bloquea"}


def test_de_quien_opera_hoy_un_sistema_se_conserva_su_documento_y_se_dice_por_que(cliente, odp):
    persona = PersonaFactory(numero_documento="40123456", nombres="Rosa", apellidos="Quispe Mamani")
    OperadorFactory(persona=persona, nombres="Rosa", apellidos="Quispe Mamani", esta_activo=True)
    una = verificada("cancelacion", odp)
    url = reverse("custodia_solicitud_cancelar", args=[una.pk])
    cliente.post(url, {"sello": cliente.get(url).context["sello"]})
    una.refresh_from_db()
    dicho = next(fila for fila in una.resultado if fila[0] == "persona")
    assert (dicho[2], "Opera hoy" in dicho[4]) == ("Se conserva", True)
    assert Persona.objects.filter(pk=persona.pk).exists()


def test_si_el_documento_no_se_puede_borrar_no_se_hace_nada_y_se_dice(cliente, odp, monkeypatch):
    PersonaFactory(numero_documento="40123456", nombres="Rosa", apellidos="Quispe Mamani")
    SuscriptorFactory(correo="rosa@muni.example")
    monkeypatch.setattr("eventos.personales.retiro.borrar_si_nadie_la_usa", lambda llaves: None)
    url = reverse("custodia_solicitud_cancelar", args=[verificada("cancelacion", odp).pk])
    respuesta = cliente.post(url, {"sello": cliente.get(url).context["sello"]})
    assert "otro registro usa su nombre" in respuesta.text
    assert Suscriptor.objects.exists()


def test_guardar_otra_vez_la_bloqueada_no_la_vuelve_a_hacer_hallable(cliente, odp, rosa):
    url = reverse("custodia_solicitud_cancelar", args=[verificada("cancelacion", odp).pk])
    cliente.post(url, {"sello": cliente.get(url).context["sello"]})
    Inscripcion.objects.get(persona=rosa).save()
    Persona.objects.get(pk=rosa.pk).save()
    assert not hallada(Inscripcion)
    assert not hallada(Persona)


@pytest.mark.parametrize(("canal", "se_halla"), [("web", True), ("personal", False)])
def test_la_bloqueada_que_se_inscribe_otra_vez_y_acepta_el_aviso_se_vuelve_a_hallar(
    cliente, odp, rosa, canal, se_halla
):
    url = reverse("custodia_solicitud_cancelar", args=[verificada("cancelacion", odp).pk])
    cliente.post(url, {"sello": cliente.get(url).context["sello"]})
    datos = {"tipo_documento": "dni", "numero_documento": "40123456", "nombres": "Rosa", "apellidos": "Quispe Mamani"}
    datos |= {"entidad": EntidadFactory(), "correo": "rosa@muni.example", "telefono": "984123456"}
    curso = CapacitacionFactory()
    nueva = inscribir(capacitacion=curso, datos=datos, canal=canal, por=None if canal == "web" else odp)
    assert hallada(Persona) == se_halla
    assert filtrar_por_texto(Inscripcion.objects.filter(pk=nueva.pk), "quispe").exists() == se_halla
    assert Huella.objects.filter(accion="levantar el bloqueo", objeto=str(rosa.pk)).exists() == se_halla


def test_si_los_datos_cambian_entretanto_no_se_hace_nada(cliente, odp, rosa):
    url = reverse("custodia_solicitud_cancelar", args=[verificada("cancelacion", odp).pk])
    sello = cliente.get(url).context["sello"]
    InscripcionFactory(persona=rosa)
    respuesta = cliente.post(url, {"sello": sello})
    assert "revise otra vez" in respuesta.text
    assert Suscriptor.objects.exists()


def test_si_algo_falla_a_la_mitad_no_queda_nada_hecho(cliente, odp, rosa, monkeypatch):
    from eventos.personales import efectos

    def fallar(persona):
        raise RuntimeError

    monkeypatch.setattr(efectos, "bloquear", fallar)
    url = reverse("custodia_solicitud_cancelar", args=[verificada("cancelacion", odp).pk])
    sello = cliente.get(url).context["sello"]
    with pytest.raises(RuntimeError):
        cliente.post(url, {"sello": sello})
    assert Suscriptor.objects.exists()
    assert hallada(Inscripcion)


def test_oponerse_corta_los_envios_y_no_borra_nada(cliente, odp, rosa):
    url = reverse("custodia_solicitud_cancelar", args=[verificada("oposicion", odp).pk])
    cliente.post(url, {"sello": cliente.get(url).context["sello"]})
    assert Suscriptor.objects.get().estado == Suscriptor.Estado.BAJA
    assert Supresion.objects.exists()
    assert hallada(Inscripcion)


def test_corregir_muestra_las_filas_y_despues_las_cambia(cliente, odp, rosa):
    cerrada = InscripcionFactory(persona=rosa, apellidos="Quispe Mamani")
    Capacitacion.objects.filter(pk=cerrada.capacitacion_id).update(cerrada_en=dt.datetime.now(dt.UTC))
    una = verificada("rectificacion", odp)
    url = reverse("custodia_solicitud_rectificar", args=[una.pk])
    cambios = {"nombres": "", "apellidos": "Quispe Huamán", "cargo": "", "correo": "", "telefono": ""}
    previa = cliente.post(url, cambios)
    assert "Inscripciones con el expediente abierto" in previa.text
    rosa.refresh_from_db()
    assert rosa.apellidos == "Quispe Mamani", "la vista previa no cambia nada"
    assert cliente.post(url, cambios | {"sello": previa.context["sello"]}).status_code == 302
    rosa.refresh_from_db()
    cerrada.refresh_from_db()
    assert rosa.apellidos == Operador.objects.get().apellidos == "Quispe Huamán"
    assert cerrada.apellidos == "Quispe Mamani", "lo cerrado no cambia"
    assert hallada(Persona, "huaman")


def test_corregir_sin_decir_que_se_rechaza(cliente, odp):
    url = reverse("custodia_solicitud_rectificar", args=[verificada("rectificacion", odp).pk])
    assert "al menos un dato" in cliente.post(url, {}).text


def test_cada_derecho_tiene_su_pantalla_y_las_demas_no_existen(cliente, odp):
    acceso = verificada("acceso", odp)
    assert cliente.get(reverse("custodia_solicitud_cancelar", args=[acceso.pk])).status_code == 404
    assert cliente.get(reverse("custodia_solicitud_rectificar", args=[acceso.pk])).status_code == 404
