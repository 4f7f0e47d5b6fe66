"""La mesa en un teléfono de verdad: marcar, buscar, escribir a quien llega, quedarse sin red y volver."""

import pytest
from django.urls import reverse

from eventos.actions.asistencia import marcar_asistencias
from eventos.actions.inscripcion import anular
from eventos.actions.mesa import abrir_mesa, cerrar_mesa
from eventos.models import Asistencia, FirmaEnPantalla, Inscripcion, OperacionDeMesa
from organizacion.models import AjustesPortal
from tests import personas
from tests.eventos.mesa.aparato import de_todo_el_dia
from tests.fabricas import InscripcionFactory, PersonaFactory

pytestmark = [pytest.mark.navegador, pytest.mark.lenta, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asistente(db):
    return personas.asistente_de_cusco()


@pytest.fixture
def capacitacion(asistente):
    return de_todo_el_dia(titulo="Cierre contable")


@pytest.fixture
def inscritas(capacitacion):
    nombres = [("Ángela", "Ñaupa Huamán"), ("Rosa", "Quispe Mamani"), ("Pedro", "Condori Ttito")]
    return [
        InscripcionFactory(
            capacitacion=capacitacion,
            orden=orden,
            persona=PersonaFactory(numero_documento=f"4123456{orden}", nombres=nombres_, apellidos=apellidos),
        )
        for orden, (nombres_, apellidos) in enumerate(nombres, start=1)
    ]


class Telefono:
    """Un aparato con su mesa abierta, a 360 px."""

    def __init__(self, chromium, live_server, mesa, **opciones):
        base = {"locale": "es-PE", "timezone_id": "America/Lima", "viewport": {"width": 360, "height": 740}}
        self.contexto = chromium.new_context(**base | opciones)
        self.errores = []
        self.pantalla = self.contexto.new_page()
        self.pantalla.on("pageerror", lambda error: self.errores.append(str(error)))
        self.pantalla.on("dialog", lambda dialogo: dialogo.accept())
        self.pantalla.goto(live_server.url + reverse("eventos:mesa:abrir", args=[mesa.clave_de_apertura]))
        self.pantalla.get_by_role("button", name="Abrir en este aparato").click()
        self.pantalla.locator("body[data-guardada]").wait_for()

    def persona(self, apellido):
        return self.pantalla.locator(".mesa-persona", has_text=apellido)

    def marcar(self, apellido):
        self.persona(apellido).locator(".mesa-marcar").click()
        self.persona(apellido).locator(".mesa-quien").wait_for()

    def buscar(self, texto):
        self.pantalla.get_by_role("searchbox").fill(texto)
        self.pantalla.wait_for_timeout(150)
        return self.pantalla.locator(".mesa-nombre").all_inner_texts()

    def conexion(self, texto):
        self.pantalla.locator("[data-conexion]").filter(has_text=texto).wait_for()

    def avisos(self, texto):
        aviso = self.pantalla.locator("[data-avisos] article", has_text=texto)
        aviso.wait_for()
        return aviso

    def hasta(self, se_cumple):
        """Espera a que el servidor tenga lo que el aparato mandó; si en treinta segundos no, falla."""
        for _ in range(300):
            if se_cumple():
                return
            self.pantalla.wait_for_timeout(100)
        raise AssertionError("el servidor no llegó a tenerlo")

    def sin_red(self, sin=True):
        self.contexto.set_offline(sin)
        self.conexion("Sin conexión" if sin else "En línea")

    def llega(self, **datos):
        self.pantalla.get_by_role("button", name="Llegó sin inscribirse").click()
        cuadro = self.pantalla.get_by_role("dialog")
        for nombre, valor in datos.items():
            cuadro.locator(f"[name={nombre}]").fill(valor)
        cuadro.get_by_role("button", name="Agregar").click()
        return cuadro


@pytest.fixture
def telefono(chromium, live_server, capacitacion, asistente, inscritas):
    abiertos = []

    def nuevo(nombre="Puerta principal", **opciones):
        mesa = abrir_mesa(capacitacion=capacitacion, nombre=nombre, por=asistente)
        abiertos.append(Telefono(chromium, live_server, mesa, **opciones))
        abiertos[-1].mesa = mesa
        return abiertos[-1]

    yield nuevo
    errores = [error for uno in abiertos for error in uno.errores]
    for uno in abiertos:
        uno.contexto.set_offline(False)
        uno.pantalla.goto("about:blank")
        uno.pantalla.wait_for_timeout(300)  # que no quede un pedido en vuelo cuando la base se vacía
        uno.contexto.close()
    assert errores == []


def firmaron():
    return set(Asistencia.objects.firmadas().values_list("inscripcion__apellidos", flat=True))


ELENA = {
    "numero_documento": "40404040",
    "apellidos": "Puma Roca",
    "nombres": "Elena",
    "entidad_texto": "Beneficencia de Anta",
    "cargo": "Contadora",
    "telefono": "984123456",
}


def test_se_marca_de_un_toque_se_deshace_y_se_ve_cuantos(telefono):
    aparato = telefono()
    pantalla = aparato.pantalla
    assert "0 de 3 firmaron" in pantalla.locator("[data-cuenta]").inner_text()
    assert "ya firmó el registro de papel" in pantalla.locator("[data-medio]").inner_text()
    assert "****4561" in aparato.persona("Ñaupa").inner_text()
    assert "41234561" not in pantalla.content()

    aparato.marcar("Quispe")
    aparato.conexion("En línea")
    assert firmaron() == {"Quispe Mamani"}
    assert "1 de 3 firmaron" in pantalla.locator("[data-cuenta]").inner_text()
    assert "Puerta principal" in aparato.persona("Quispe").inner_text()

    pantalla.get_by_role("button", name="Deshacer", exact=True).click()
    pantalla.locator("[data-cuenta]", has_text="0 de 3").wait_for()
    aparato.conexion("En línea")
    assert firmaron() == set()
    ancho = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert pantalla.evaluate(ancho) == 0


def test_se_busca_sin_tildes_con_una_errata_por_dni_y_por_el_codigo_del_qr(telefono, inscritas):
    aparato = telefono()
    assert aparato.buscar("naupa angela") == ["Ñaupa Huamán, Ángela"]
    assert aparato.buscar("quipse") == ["Quispe Mamani, Rosa"]
    assert aparato.buscar("condorri") == ["Condori Ttito, Pedro"]
    assert aparato.buscar("41234563") == ["Condori Ttito, Pedro"]
    assert aparato.buscar("4562") == ["Quispe Mamani, Rosa"]
    assert aparato.buscar("zzzz") == []
    assert aparato.buscar(inscritas[0].codigo.lower()) == ["Ñaupa Huamán, Ángela"]
    aparato.pantalla.keyboard.press("Enter")
    aparato.persona("Ñaupa").locator(".mesa-quien").wait_for()


def test_sin_camara_que_lea_qr_se_dice_y_se_escribe_el_codigo(telefono, inscritas):
    aparato = telefono()
    aparato.pantalla.get_by_role("button", name="Leer QR").click()
    cuadro = aparato.pantalla.get_by_role("dialog")
    cuadro.get_by_text("no lee códigos QR").wait_for()
    cuadro.get_by_label("Código de 8 letras y números").fill(inscritas[1].codigo)
    cuadro.get_by_role("button", name="Buscar").click()
    aparato.persona("Quispe").locator(".mesa-quien").wait_for()


def test_con_camara_el_qr_de_la_confirmacion_marca_a_la_persona(telefono, inscritas):
    aparato = telefono()
    aparato.pantalla.evaluate(
        """(codigo) => {
            window.BarcodeDetector = class {
                static async getSupportedFormats() { return ["qr_code"]; }
                async detect() { return [{ rawValue: codigo }]; }
            };
            const lienzo = document.createElement("canvas");
            setInterval(() => lienzo.getContext("2d").fillRect(0, 0, 10, 10), 50);
            navigator.mediaDevices.getUserMedia = async () => lienzo.captureStream(5);
        }""",
        inscritas[2].codigo,
    )
    aparato.pantalla.get_by_role("button", name="Leer QR").click()
    aparato.persona("Condori").locator(".mesa-quien").wait_for()
    assert not aparato.pantalla.get_by_role("dialog").is_visible()


def test_sin_red_se_sigue_marcando_y_agregando_y_al_volver_se_envia(telefono):
    aparato = telefono()
    aparato.sin_red()
    aparato.marcar("Quispe")
    aparato.conexion("Sin conexión: 1 por enviar")
    aparato.llega(**ELENA)
    aparato.conexion("Sin conexión: 2 por enviar")
    assert firmaron() == set()

    aparato.pantalla.reload()  # se apagó la pantalla o se cerró la pestaña: nada se pierde
    aparato.conexion("Sin conexión: 2 por enviar")
    assert "por enviar" in aparato.persona("Puma").inner_text()
    assert "2 de 4 firmaron" in aparato.pantalla.locator("[data-cuenta]").inner_text()

    aparato.sin_red(False)
    assert firmaron() == {"Quispe Mamani", "Puma Roca"}
    assert Inscripcion.objects.get(apellidos="Puma Roca").canal == Inscripcion.Canal.MESA
    assert OperacionDeMesa.objects.count() == 2
    aparato.pantalla.locator("[data-avisos]").wait_for(state="hidden")


def test_agregada_sin_red_se_puede_deshacer_antes_de_enviarla(telefono):
    aparato = telefono()
    aparato.sin_red()
    aparato.llega(**ELENA)
    aparato.persona("Puma").get_by_role("button", name="Deshacer la firma de Elena Puma Roca").click()
    aparato.conexion("Sin conexión: 2 por enviar")
    aparato.sin_red(False)
    assert Inscripcion.objects.filter(apellidos="Puma Roca").exists()
    assert firmaron() == set()
    aparato.pantalla.locator("[data-avisos]").wait_for(state="hidden")


def test_lo_escrito_mal_se_dice_en_el_momento_y_no_se_pierde(telefono):
    aparato = telefono()
    cuadro = aparato.llega(**ELENA | {"telefono": "98"})
    assert "teléfono" in cuadro.get_by_role("alert").inner_text()
    assert cuadro.locator("[name=apellidos]").input_value() == "Puma Roca"
    cuadro.locator("[name=telefono]").fill("984123456")
    cuadro.locator("[name=numero_documento]").fill("41234562")
    cuadro.get_by_role("button", name="Agregar").click()
    cuadro.get_by_text("ya está en la lista: Quispe Mamani, Rosa").wait_for()


def test_dos_mesas_a_la_vez_ven_lo_de_la_otra_y_el_choque_se_dice(telefono):
    principal, lateral = telefono(), telefono("Puerta lateral")
    lateral.sin_red()
    lateral.marcar("Quispe")
    lateral.marcar("Ñaupa")
    principal.marcar("Quispe")
    principal.conexion("En línea")

    lateral.sin_red(False)

    lateral.avisos("ya la había marcado la mesa Puerta principal").get_by_role("button", name="Entendido").click()
    lateral.pantalla.locator("[data-avisos]").wait_for(state="hidden")
    assert "Puerta principal" in lateral.persona("Quispe").inner_text()
    principal.pantalla.evaluate("Mesa.red.sincronizar()")
    principal.persona("Ñaupa").locator(".mesa-quien", has_text="Puerta lateral").wait_for()
    assert firmaron() == {"Quispe Mamani", "Ñaupa Huamán"}


def test_los_conflictos_se_muestran_y_se_resuelven(telefono, inscritas, asistente, capacitacion):
    aparato = telefono()
    sesion = capacitacion.sesiones.get()
    aparato.marcar("Condori")
    aparato.conexion("En línea")
    aparato.sin_red()
    aparato.marcar("Quispe")
    aparato.llega(**ELENA)
    anular(inscripcion=inscritas[1])
    marcar_asistencias(sesion=sesion, firmaron=set(), no_firmaron={inscritas[2].pk}, por=asistente)
    PersonaFactory(numero_documento=ELENA["numero_documento"], nombres="Elena", apellidos="Puma R.")
    InscripcionFactory(
        capacitacion=capacitacion, persona=PersonaFactory(numero_documento=ELENA["numero_documento"]), orden=9
    )

    aparato.sin_red(False)

    aparato.avisos("La inscripción de Quispe Mamani, Rosa se anuló")
    aparato.avisos("En otro lado se quitó la firma de Condori Ttito, Pedro")
    aparato.avisos("Ese documento ya está inscrito").get_by_role("button", name="Marcar").click()
    aparato.conexion("En línea")
    aparato.hasta(lambda: firmaron() == {"Puma R."})


def test_si_la_mesa_se_cierra_lo_pendiente_se_ve_y_lo_demas_se_borra(telefono, asistente):
    aparato = telefono()
    aparato.sin_red()
    aparato.marcar("Quispe")
    aparato.llega(**ELENA)
    cerrar_mesa(mesa=aparato.mesa, por=asistente)
    aparato.contexto.set_offline(False)

    cierre = aparato.pantalla.locator("[data-cierre]")
    cierre.filter(has_text="Esta mesa se cerró").wait_for()
    assert "Firmó: Quispe Mamani, Rosa" in cierre.inner_text()
    assert "Puma Roca, Elena 40404040" in cierre.inner_text()
    with aparato.pantalla.expect_download() as bajada:
        cierre.get_by_role("link", name="Descargar").click()
    assert "Puma Roca" in bajada.value.path().read_text(encoding="utf-8-sig")
    assert aparato.persona("Ñaupa").count() == 0
    guardado = "Mesa.almacen.leer('datos').then((datos) => datos === undefined)"
    assert aparato.pantalla.evaluate(guardado), "los datos de las personas se borraron"

    aparato.pantalla.reload()
    cierre.filter(has_text="Puma Roca").wait_for()
    cierre.get_by_role("button", name="Ya lo pasé: borrarlo").click()
    cierre.filter(has_text="se borraron de este aparato").wait_for()
    assert firmaron() == set()


def test_cerrarla_en_el_aparato_envia_lo_que_falta_y_borra_todo(telefono):
    aparato = telefono()
    aparato.marcar("Quispe")
    aparato.pantalla.get_by_text("Terminar").click()
    aparato.pantalla.get_by_role("button", name="Cerrar esta mesa").click()
    aparato.pantalla.locator("[data-cierre]").filter(has_text="se borraron de este aparato").wait_for()
    bases = "indexedDB.databases().then((bases) => bases.filter(({ name }) => name.startsWith('mesa-')).length)"
    assert aparato.pantalla.evaluate(bases) == 0
    assert firmaron() == {"Quispe Mamani"}
    aparato.mesa.refresh_from_db()
    assert aparato.mesa.cerrada_en


def test_donde_se_admite_se_firma_con_el_dedo(telefono):
    ajustes = AjustesPortal.load()
    ajustes.firma_en_pantalla = True
    ajustes.save()
    aparato = telefono(viewport={"width": 820, "height": 1180})
    aparato.persona("Quispe").locator(".mesa-marcar").click()
    cuadro = aparato.pantalla.get_by_role("dialog")
    cuadro.get_by_role("button", name="Guardar la firma").click()
    cuadro.get_by_text("Todavía no firma").wait_for()
    caja = cuadro.locator("canvas").bounding_box()
    raton = aparato.pantalla.mouse
    raton.move(caja["x"] + 30, caja["y"] + 60)
    raton.down()
    raton.move(caja["x"] + 200, caja["y"] + 90, steps=8)
    raton.up()
    cuadro.get_by_role("button", name="Guardar la firma").click()
    aparato.persona("Quispe").locator(".mesa-quien", has_text="En pantalla").wait_for()
    aparato.conexion("En línea")
    assert FirmaEnPantalla.objects.get().archivo.tipo == "image/png"
    assert Asistencia.objects.get().medio == Asistencia.Medio.PANTALLA
