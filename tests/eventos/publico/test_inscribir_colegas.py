"""Una persona inscribe a varios colegas de su entidad con un solo formulario."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from correo.models import Entrega, Envio
from eventos.actions.grupo import MAXIMO
from eventos.enlaces import token_de, token_de_grupo
from eventos.models import Inscripcion
from organizacion.models import Persona
from tests.fabricas import CapacitacionFactory, InscripcionFactory, PersonaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", cupos=20)


@pytest.fixture
def url(curso):
    return reverse("eventos:inscripcion-crear", args=[curso.slug])


def colega(n, **cambios):
    base = {
        "tipo_documento": "dni",
        "numero_documento": f"4200000{n}",
        "nombres": "Pedro",
        "apellidos": f"Condori {n}",
        "cargo": "Contador",
        "correo": "",
        "telefono": "",
    }
    return {f"colega{n}-{nombre}": valor for nombre, valor in (base | cambios).items()}


def errores_de(respuesta, n):
    [fila] = [fila for fila in respuesta.context["form"].colegas if fila.numero == n]
    return fila.errors


def nada_guardado():
    return not (Inscripcion.objects.exists() or Persona.objects.exists() or Envio.objects.exists())


def test_tres_colegas_con_un_solo_buzon_reciben_cada_uno_su_correo(
    client, url, datos, entidad, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        respuesta = client.post(url, datos(**colega(1), **colega(2)), follow=True)

    filas = list(Inscripcion.objects.order_by("orden"))
    assert [fila.apellidos for fila in filas] == ["Quispe D'Angelo", "Condori 1", "Condori 2"]
    assert {(fila.correo, fila.telefono, fila.entidad) for fila in filas} == {
        ("rosa@muni.example", "984123456", entidad)
    }
    assert len({fila.envio for fila in filas}) == 1
    assert "Inscribió a 3 personas" in respuesta.text
    assert all(fila.codigo in respuesta.text for fila in filas)
    assert respuesta.text.count('class="qr"') == 3
    assert len(mail.outbox) == Entrega.objects.count() == 3
    assert all(fila.codigo in mensaje.body for fila, mensaje in zip(filas, mail.outbox, strict=True))


def test_cada_colega_puede_poner_su_correo_y_su_telefono(client, url, datos):
    client.post(url, datos(**colega(1, correo="pedro@muni.example", telefono="987000111")))
    pedro = Inscripcion.objects.get(nombres="Pedro")
    assert (pedro.correo, pedro.telefono, pedro.cargo) == ("pedro@muni.example", "987000111", "Contador")
    assert Entrega.objects.filter(direccion="pedro@muni.example").count() == 1


def test_el_enlace_de_un_colega_solo_muestra_lo_suyo(client, url, datos):
    client.post(url, datos(**colega(1)))
    rosa, pedro = Inscripcion.objects.order_by("orden")
    pagina = client.get(reverse("eventos:inscripcion-ver", args=[token_de(pedro)])).text
    assert pedro.codigo in pagina
    assert rosa.codigo not in pagina
    assert "Quispe" not in pagina


def test_si_uno_ya_esta_inscrito_no_se_guarda_nadie_y_se_dice_en_su_fila(client, url, curso, datos):
    ya = InscripcionFactory(
        capacitacion=curso, persona=PersonaFactory(numero_documento="42000002"), correo="x@x.example"
    )

    respuesta = client.post(url, datos(**colega(1), **colega(2)))

    assert "ya está inscrito" in str(errores_de(respuesta, 2)["numero_documento"])
    assert not errores_de(respuesta, 1)
    assert "Colega 2, Número de documento" in respuesta.text
    assert 'value="Condori 1"' in respuesta.text
    assert list(Inscripcion.objects.all()) == [ya]
    assert Persona.objects.count() == 1
    assert not Envio.objects.exists()


@pytest.mark.parametrize(
    ("campo", "valor", "mensaje"),
    [
        ("numero_documento", "123", "El DNI tiene 8 dígitos"),
        ("numero_documento", "40123456", "Ya escribió este documento"),
        ("nombres", "", "obligatorio"),
        ("cargo", "", "Escriba su cargo."),
        ("correo", "pedro@", "correo"),
        ("telefono", "x", "solo con dígitos"),
        ("tipo_documento", "\x00", "opción"),
    ],
)
def test_un_dato_malo_de_un_colega_va_en_su_fila_y_nada_se_guarda(client, url, datos, campo, valor, mensaje):
    respuesta = client.post(url, datos(**colega(1), **colega(3, **{campo: valor})))
    assert respuesta.status_code == 200
    assert mensaje in str(errores_de(respuesta, 3)[campo])
    assert 'value="40123456"' in respuesta.text
    assert nada_guardado()


def test_una_fila_en_blanco_no_cuenta(client, url, datos):
    vacia = dict.fromkeys(colega(1), "") | {"colega1-tipo_documento": "dni"}
    client.post(url, datos(**vacia))
    assert Inscripcion.objects.count() == 1


def test_sin_javascript_se_agrega_y_se_quita_una_fila_sin_perder_nada(client, url, datos):
    con_una = client.post(url, datos(agregar="1", correo="rosa@"))
    assert 'name="colega1-nombres"' in con_una.text
    assert 'value="rosa@"' in con_una.text
    assert "Revise lo siguiente" not in con_una.text

    con_dos = client.post(url, datos(agregar="1", **colega(1)))
    assert 'value="Condori 1"' in con_dos.text
    assert 'name="colega2-nombres"' in con_dos.text

    con_la_segunda = client.post(url, datos(quitar="1", **colega(1), **colega(2)))
    assert 'name="colega1-nombres"' not in con_la_segunda.text
    assert 'value="Condori 2"' in con_la_segunda.text
    assert nada_guardado()


def test_a_lo_mas_diez_personas_por_envio(client, url, datos):
    nueve = {nombre: valor for n in range(1, MAXIMO) for nombre, valor in colega(n).items()}
    lleno = client.post(url, datos(agregar="1", **nueve))
    assert "Ya son diez personas" in lleno.text
    assert 'name="agregar"' not in lleno.text

    client.post(url, datos(**nueve, **{"colega10-numero_documento": "49999999", "colega10-nombres": "Colado"}))
    assert Inscripcion.objects.count() == MAXIMO


def test_si_los_cupos_no_alcanzan_los_ultimos_quedan_a_la_espera(client, url, curso, datos):
    curso.cupos = 2
    curso.save()
    respuesta = client.post(url, datos(**colega(1), **colega(2)), follow=True)
    assert list(Inscripcion.objects.order_by("orden").values_list("estado", flat=True)) == [
        "confirmada",
        "confirmada",
        "en_espera",
    ]
    assert "Lista de espera, número 1" in respuesta.text
    assert respuesta.text.count('class="qr"') == 2


def test_la_ciudadania_tambien_va_en_grupo_y_sin_cargo(client, cusco, datos):
    abierta = CapacitacionFactory(centro=cusco, abierta_a_ciudadania=True, apertura_pedida_por="Mesa de concertación")
    url = reverse("eventos:inscripcion-crear", args=[abierta.slug])
    client.post(url, datos(trabaja_en_entidad="no", entidad=None, cargo="", **colega(1, cargo="")))
    assert list(Inscripcion.objects.values_list("es_ciudadano", "cargo")) == [(True, "")] * 2


def test_si_el_correo_de_uno_no_se_puede_anotar_no_queda_nadie(client, url, datos, monkeypatch):
    from eventos import correos

    anotar, anotados = correos.poner_en_cola, []

    def falla_en_el_segundo(**envio):
        anotados.append(envio)
        if len(anotados) == 2:
            raise RuntimeError("bandeja caída")
        return anotar(**envio)

    monkeypatch.setattr("eventos.correos.poner_en_cola", falla_en_el_segundo)
    with pytest.raises(RuntimeError):
        client.post(url, datos(**colega(1)))
    assert nada_guardado()


@pytest.mark.parametrize("token", ["x", "0" * 32, "%00", "a.b", "é" * 30])
def test_un_enlace_de_grupo_falso_da_una_pagina_clara(client, token):
    respuesta = client.get(f"/capacitaciones/inscripciones/grupo/{token}/")
    assert respuesta.status_code == 404
    assert "Este enlace no es válido" in respuesta.text


def test_compartir_no_lleva_datos_de_nadie(client, url, curso, datos):
    pagina = client.post(url, datos(**colega(1)), follow=True).text
    [enlace] = re.findall(r'href="(https://wa\.me/[^"]+)"', pagina)
    assert curso.slug in enlace
    assert "Cierre+contable" in enlace
    grupo = Inscripcion.objects.first().envio
    assert not [dato for dato in ("Quispe", "40123456", token_de_grupo(grupo), grupo.hex) if dato in enlace]
