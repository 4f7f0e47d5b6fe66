"""Dos personas editan la misma fila: la segunda en guardar no deshace lo de la primera, y no pierde lo suyo."""

from threading import Barrier

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comun.modeladmin import Edicion
from comun.modeladmin import a_la_vez as comparacion
from comun.modeladmin.a_la_vez import VISTO
from directorio.actions import trasladar_operador
from directorio.models import Contacto, Entidad, Medio
from tests.fabricas import EntidadFactory, MedioFactory, OperadorFactory, SistemaFactory
from tests.hilos import a_la_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
def cliente(client, coordinadora):
    client.force_login(coordinadora)
    return client


@pytest.fixture
def pestana(cliente):
    """``pestana(fila)`` abre su edición; ``.guardar(campo=…)`` envía lo que se veía, con esos cambios."""

    class Pestana:
        def __init__(self, fila):
            self.url = reverse(f"directorio_{fila._meta.model_name}_modeladmin_edit", args=[fila.pk])
            self.leer(cliente.get(self.url))

        def leer(self, respuesta):
            self.texto, formulario = respuesta.text, respuesta.context["form"]
            valores = {campo.html_name: campo.value() for campo in formulario}
            if contactos := respuesta.context.get("contactos"):
                campos = [campo for f in (contactos.management_form, *contactos) for campo in f]
                valores |= {campo.html_name: campo.value() for campo in campos}
                valores["contactos-visto"] = contactos.visto
            self.datos = {n: v for n, v in valores.items() if v is not None and v is not False}

        def guardar(self, **cambios):
            respuesta = cliente.post(self.url, self.datos | cambios)
            if respuesta.status_code == 200:
                self.leer(respuesta)
            return respuesta.status_code == 302

    return Pestana


@pytest.fixture
def medio(cusco):
    return MedioFactory(centro=cusco, nombre="Radio Inti", telefono="984111111", contacto="Ana Paz")


def test_quien_edita_a_solas_guarda_de_una_vez(pestana, medio):
    assert pestana(medio).guardar(telefono="984222222")
    assert Medio.objects.get().telefono == "984222222"


def test_lo_que_otra_persona_cambio_no_se_deshace(pestana, medio):
    abierta = pestana(medio)
    Medio.objects.update(telefono="984999999")
    assert not abierta.guardar(contacto="Luz Mar")
    assert Medio.objects.get().contacto == "Ana Paz"
    assert "otra persona cambió esta fila. Lo que cambió ya está aquí: «Teléfono»" in abierta.texto
    assert abierta.guardar()
    guardado = Medio.objects.get()
    assert (guardado.telefono, guardado.contacto) == ("984999999", "Luz Mar")


def test_si_las_dos_cambiaron_lo_mismo_queda_lo_escrito_y_se_dice(pestana, medio):
    abierta = pestana(medio)
    Medio.objects.update(telefono="984999999")
    assert not abierta.guardar(telefono="984333333")
    assert "Las dos cambiaron «Teléfono»: quedó lo que usted escribió" in abierta.texto
    assert abierta.guardar()
    assert Medio.objects.get().telefono == "984333333"


def test_un_traslado_hecho_mientras_tanto_se_queda(pestana, cusco, coordinadora):
    operador = OperadorFactory(entidad=EntidadFactory(centro=cusco), cargo="Contador")
    nueva, sistema = EntidadFactory(centro=cusco), SistemaFactory()
    abierta = pestana(operador)
    trasladar_operador(
        operador=operador, entidad=nueva, cargo="Tesorero", sistemas=[sistema], desde=timezone.localdate(),
        por=coordinadora,
    )  # fmt: skip
    assert not abierta.guardar(telefono="984333333")
    assert abierta.guardar()
    operador.refresh_from_db()
    assert (operador.entidad, operador.cargo, operador.telefono) == (nueva, "Tesorero", "984333333")
    assert list(operador.sistemas.all()) == [sistema]
    assert operador.puestos.get(hasta=None).entidad == nueva


def test_un_envio_con_errores_los_muestra_antes(pestana, medio):
    abierta = pestana(medio)
    Medio.objects.update(telefono="984999999")
    assert not abierta.guardar(nombre="")
    assert "otra persona" not in abierta.texto
    assert not abierta.guardar(nombre="Radio Sol")
    assert "otra persona" in abierta.texto


@pytest.mark.parametrize("basura", ["", "[]", "{", '{"telefono": 3}', "\x00"])
def test_un_resumen_que_no_se_entiende_no_estorba(pestana, medio, basura):
    assert pestana(medio).guardar(telefono="984222222", **{VISTO: basura})


def test_el_resumen_no_deja_averiguar_el_valor(pestana, medio):
    assert "984111111" not in pestana(medio).datos[VISTO]


def test_lo_vacio_sigue_vacio(pestana, cusco):
    entidad = EntidadFactory(centro=cusco, telefono="", correo="")
    assert pestana(entidad).guardar(direccion="Plaza de Armas")
    assert Entidad.objects.get(pk=entidad.pk).direccion == "Plaza de Armas"


def test_ponerle_un_cero_a_lo_que_estaba_vacio_tambien_es_un_cambio():
    assert comparacion.resumen(0) != comparacion.resumen(None) == comparacion.resumen(False)


def contacto(medio, valor="984000222"):
    return Contacto.objects.create(medio=medio, clase="telefono", valor=valor)


def los_de(medio):
    return sorted(medio.contactos.values_list("valor", flat=True))


def test_el_contacto_que_se_agrego_no_se_pierde_al_chocar(pestana, medio):
    abierta = pestana(medio)
    Medio.objects.update(telefono="984999999")
    assert not abierta.guardar(**{"contactos-0-valor": "984000222", "contactos-0-nota": "Casa"})
    assert abierta.guardar()
    assert [(c.valor, c.nota) for c in medio.contactos.all()] == [("984000222", "Casa")]


def test_el_contacto_que_se_corrigio_o_se_quito_no_se_pierde_al_chocar(pestana, medio):
    contacto(medio, "984000222"), contacto(medio, "984000333")
    abierta = pestana(medio)
    Medio.objects.update(telefono="984999999")
    assert not abierta.guardar(**{"contactos-0-valor": "984000444", "contactos-1-DELETE": "on"})
    assert los_de(medio) == ["984000222", "984000333"]
    assert abierta.guardar()
    assert los_de(medio) == ["984000444"]


def test_los_contactos_que_cambio_otra_persona_no_se_deshacen(pestana, medio):
    corregido, quitado = contacto(medio, "984000222"), contacto(medio, "984000333")
    abierta = pestana(medio)
    Contacto.objects.filter(pk=corregido.pk).update(valor="984000999")
    quitado.delete()
    contacto(medio, "984000555")
    assert not abierta.guardar(contacto="Luz Mar")
    assert "otra persona cambió esta fila. Lo que cambió de los otros correos y teléfonos ya está aquí" in abierta.texto
    assert abierta.guardar()
    assert (Medio.objects.get().contacto, los_de(medio)) == ("Luz Mar", ["984000555", "984000999"])


def test_lo_que_se_corrigio_de_un_contacto_que_otra_persona_quito_vuelve_como_nuevo(pestana, medio):
    quitado = contacto(medio)
    abierta = pestana(medio)
    quitado.delete()
    assert not abierta.guardar(**{"contactos-0-valor": "984000444"})
    assert "Escoja una opción válida" not in abierta.texto
    assert abierta.guardar()
    assert los_de(medio) == ["984000444"]


def test_un_contacto_mal_escrito_se_dice_aunque_haya_choque(pestana, medio):
    abierta = pestana(medio)
    contacto(medio)
    assert not abierta.guardar(**{"contactos-0-valor": "no es un teléfono"})
    assert "solo con dígitos" in abierta.texto
    assert not abierta.guardar(**{"contactos-0-valor": "984000444"})
    assert abierta.guardar()
    assert los_de(medio) == ["984000222", "984000444"]


@pytest.fixture
def guardan_dos(coordinadora, cusco):
    """Dos pestañas abrieron el mismo medio; cada llamada guarda una, con un cambio propio, y da su respuesta."""
    medio = MedioFactory(centro=cusco, nombre="Radio Inti", telefono="984111111", contacto="Ana Paz")
    url = reverse("directorio_medio_modeladmin_edit", args=[medio.pk])
    cliente = Client()
    cliente.force_login(coordinadora)
    valores = {campo.html_name: campo.value() for campo in cliente.get(url).context["form"]}
    abierto = {nombre: valor for nombre, valor in valores.items() if valor not in (None, False)}
    cambios = [{"telefono": "984222222"}, {"contacto": "Luz Mar"}]

    def guardar():
        otra = Client()
        otra.cookies = cliente.cookies
        return otra.post(url, abierto | cambios.pop()).status_code

    return guardar


def lo_guardado() -> tuple[str, str]:
    medio = Medio.objects.get()
    return medio.telefono, medio.contacto


@pytest.mark.django_db(transaction=True)
def test_de_dos_que_guardan_en_el_mismo_instante_la_segunda_ve_lo_de_la_primera(guardan_dos):
    assert sorted(a_la_vez(2, guardan_dos)) == [200, 302]
    assert lo_guardado() in [("984222222", "Ana Paz"), ("984111111", "Luz Mar")]


@pytest.mark.django_db(transaction=True)
def test_control_sin_tomar_la_fila_la_segunda_deshace_lo_de_la_primera(guardan_dos, monkeypatch):
    comparadas, comparar = Barrier(2), comparacion.cambiados

    def comparar_juntas(formulario):
        ajenos = comparar(formulario)
        comparadas.wait(timeout=30)
        return ajenos

    monkeypatch.setattr(comparacion, "cambiados", comparar_juntas)
    monkeypatch.setattr(Edicion, "_tomar", lambda vista: None)
    monkeypatch.setattr(Edicion, "post", Edicion.post.__wrapped__)
    assert a_la_vez(2, guardan_dos) == [302, 302]
    assert lo_guardado() in [("984222222", "Ana Paz"), ("984111111", "Luz Mar")]
