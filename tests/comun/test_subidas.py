"""Lo que se sube como registro firmado: o es lo que dice y sale limpio, o se rechaza con un mensaje claro."""

import io
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject

from comun import pdf_ajeno, subidas
from comun.subidas import leer_escaneo, leer_imagen, leer_pdf
from tests.pdf import pdf_con_javascript, pdf_minimo

GIRADA = 6  # EXIF: la cámara estaba de lado


def archivo(contenido: bytes, nombre="registro.pdf"):
    return SimpleUploadedFile(nombre, contenido)


def foto(ancho=60, alto=40, formato="JPEG", color="white", **guardar) -> bytes:
    salida = io.BytesIO()
    modo = "RGBA" if isinstance(color, tuple) and len(color) == 4 else "RGB"
    Image.new(modo, (ancho, alto), color).save(salida, formato, **guardar)
    return salida.getvalue()


def con_ruido(formato) -> bytes:
    salida = io.BytesIO()
    Image.effect_noise((300, 200), 50).convert("RGB").save(salida, formato)
    return salida.getvalue()


def pdf_con(escritor: PdfWriter) -> bytes:
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


def en_blanco() -> PdfWriter:
    escritor = PdfWriter()
    escritor.add_blank_page(595, 842)
    return escritor


def con_adjunto():
    escritor = en_blanco()
    escritor.add_attachment("virus.exe", b"MZ malo")
    return pdf_con(escritor)


def con_enlace():
    escritor = en_blanco()
    escritor.add_annotation(0, Link(rect=(0, 0, 50, 50), url="https://malo.example/"))
    return pdf_con(escritor)


def con_accion_al_abrir_la_pagina():
    escritor = en_blanco()
    accion = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): NameObject("/cmd")})
    escritor.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): accion})
    return pdf_con(escritor)


def con_adjunto_en_la_pagina():
    escritor = en_blanco()
    incluido = DecodedStreamObject()
    incluido.set_data(b"MZ malo")
    escritor.pages[0][NameObject("/AF")] = ArrayObject([escritor._add_object(incluido)])
    return pdf_con(escritor)


def con_flujo(**claves):
    """Un PDF cuya página dibuja un objeto con las claves dadas."""
    escritor = en_blanco()
    flujo = StreamObject()
    flujo._data = claves.pop("datos", b"")
    flujo.update({NameObject(f"/{clave}"): valor for clave, valor in claves.items()})
    objetos = DictionaryObject({NameObject("/X"): escritor._add_object(flujo)})
    escritor.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objetos})
    return pdf_con(escritor)


# --- PDF ---


@pytest.mark.parametrize(
    ("hacer", "rastro"),
    [
        (pdf_con_javascript, b"/JavaScript"),
        (con_adjunto, b"MZ malo"),
        (con_enlace, b"/Annots"),
        (con_accion_al_abrir_la_pagina, b"/Launch"),
        (con_adjunto_en_la_pagina, b"MZ malo"),
    ],
)
def test_un_pdf_con_codigo_adjuntos_o_enlaces_sale_solo_con_su_pagina(hacer, rastro):
    sucio = hacer()
    assert rastro in sucio
    limpio = leer_pdf(archivo(sucio))
    assert rastro not in limpio
    assert len(PdfReader(io.BytesIO(limpio)).pages) == 1


def comprimido(**miembros) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as zip_:
        for nombre, contenido in miembros.items():
            zip_.writestr(nombre, contenido)
    return salida.getvalue()


@pytest.mark.parametrize("cola", [comprimido(malo="MZ malo"), b"<html><script>MZ malo</script></html>"])
def test_un_pdf_que_ademas_es_un_zip_o_una_pagina_web_deja_de_serlo(cola):
    limpio = leer_pdf(archivo(pdf_minimo() + cola))
    assert b"MZ malo" not in limpio
    assert not zipfile.is_zipfile(io.BytesIO(limpio))


@pytest.mark.parametrize(
    ("contenido", "mensaje"),
    [
        (b"MZ\x90\x00 programa", "no es un PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no es un PDF"),
        (comprimido(a="x") + b"%PDF-1.7", "no es un PDF"),
        (b"%PDF-1.7\nbasura", "está dañado"),
        (pdf_minimo()[:200], "está dañado"),
        (b"", "no es un PDF"),
    ],
)
def test_lo_que_no_es_un_pdf_se_rechaza_y_se_dice(contenido, mensaje):
    with pytest.raises(ValidationError, match=mensaje):
        leer_pdf(archivo(contenido))


def test_un_pdf_con_clave_se_rechaza():
    escritor = en_blanco()
    escritor.encrypt("secreta")
    with pytest.raises(ValidationError, match="tiene clave"):
        leer_pdf(archivo(pdf_con(escritor)))


def test_un_pdf_sin_paginas_o_con_demasiadas_se_rechaza(monkeypatch):
    with pytest.raises(ValidationError, match="no tiene páginas"):
        leer_pdf(archivo(pdf_con(PdfWriter())))
    monkeypatch.setattr(pdf_ajeno, "PAGINAS", 2)
    with pytest.raises(ValidationError, match="más de 2 páginas"):
        leer_pdf(archivo(pdf_minimo(3)))


def test_una_bomba_de_descompresion_se_rechaza_sin_inflarla():
    bomba = zlib.compress(b"\0" * (pdf_ajeno.INFLADO + 1), 9)
    with pytest.raises(ValidationError, match="se infla demasiado"):
        leer_pdf(archivo(con_flujo(datos=bomba, Filter=NameObject("/FlateDecode"))))


def test_muchas_bombas_chicas_suman(monkeypatch):
    monkeypatch.setattr(pdf_ajeno, "INFLADO_EN_TOTAL", 5_000)
    flujo = zlib.compress(b"\0" * 4_000)
    una = con_flujo(datos=flujo, Filter=NameObject("/FlateDecode"))
    assert leer_pdf(archivo(una))
    with pytest.raises(ValidationError, match="se infla demasiado"):
        leer_pdf(archivo(una + b"\nstream\n" + flujo))


def test_una_bomba_dentro_de_otra_se_rechaza():
    doble = zlib.compress(zlib.compress(b"\0" * 1_000_000))
    filtros = ArrayObject([NameObject("/FlateDecode"), NameObject("/FlateDecode")])
    with pytest.raises(ValidationError, match="compresión que no se admite"):
        leer_pdf(archivo(con_flujo(datos=doble, Filter=filtros)))


def test_una_imagen_de_pixeles_imposibles_dentro_de_un_pdf_se_rechaza():
    enorme = con_flujo(
        datos=b"x", Subtype=NameObject("/Image"), Width=NumberObject(60_000), Height=NumberObject(60_000)
    )
    with pytest.raises(ValidationError, match="demasiados píxeles"):
        leer_pdf(archivo(enorme))


def test_un_escaneo_comun_pasa_entero():
    escaneado = subidas.pdf_de_imagenes([foto(1600, 2300), foto(1600, 2300)])
    limpio = PdfReader(io.BytesIO(leer_pdf(archivo(escaneado))))
    assert [len(pagina.images) for pagina in limpio.pages] == [1, 1]


# --- Fotos ---


def test_la_foto_sale_derecha_y_sin_decir_donde_se_tomo():
    exif = Image.Exif()
    exif[0x0112] = GIRADA
    exif[0x010F] = "Teléfono de Rosa"
    exif.get_ifd(0x8825)[1] = "S"  # GPS
    limpia = Image.open(io.BytesIO(leer_imagen(archivo(foto(60, 40, exif=exif), "foto.jpg"))))
    assert limpia.size == (40, 60)
    assert not limpia.getexif()


def test_una_foto_que_ademas_es_un_zip_deja_de_serlo():
    limpia = leer_imagen(archivo(foto() + comprimido(malo="MZ malo"), "foto.jpg"))
    assert not zipfile.is_zipfile(io.BytesIO(limpia))
    assert b"malo" not in limpia


def test_la_foto_transparente_queda_sobre_papel_y_la_enorme_se_reduce(monkeypatch):
    clara = Image.open(io.BytesIO(leer_imagen(archivo(foto(formato="PNG", color=(0, 0, 0, 0)), "foto.png"))))
    assert clara.getpixel((5, 5)) == (255, 255, 255)
    reducida = Image.open(io.BytesIO(leer_imagen(archivo(foto(4000, 3000), "foto.jpg"))))
    assert max(reducida.size) == subidas.LADO


def test_la_foto_doble_de_algunos_telefonos_se_lee():
    salida = io.BytesIO()
    Image.new("RGB", (60, 40)).save(salida, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))])
    assert leer_imagen(archivo(salida.getvalue(), "foto.jpg"))


@pytest.mark.parametrize(
    "contenido",
    [
        b"MZ\x90\x00 programa",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>",
        b"GIF89a" + b"\0" * 50,
        con_ruido("PNG")[:5_000],
        con_ruido("JPEG")[:5_000],
        b"",
    ],
)
def test_lo_que_no_es_una_foto_se_rechaza_y_se_dice(contenido):
    with pytest.raises(ValidationError, match="no es una foto"):
        leer_imagen(archivo(contenido, "foto.jpg"))


def test_una_foto_cortada_se_rechaza_aunque_weasyprint_este_cargado(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # como lo deja al importarse
    with pytest.raises(ValidationError, match="está dañada"):
        leer_imagen(archivo(con_ruido("JPEG")[:5_000], "foto.jpg"))
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_una_bomba_de_pixeles_se_rechaza_sin_abrirla(monkeypatch):
    """Unos kilobytes que se inflarían a gigabytes."""
    salida = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(salida, "PNG")
    assert len(salida.getvalue()) < 100_000
    monkeypatch.setattr(Image.Image, "convert", lambda *datos, **mas: pytest.fail("se abrió"))
    with pytest.raises(ValidationError, match="demasiados píxeles|no es una foto"):
        leer_imagen(archivo(salida.getvalue(), "foto.png"))


# --- Varios en uno ---


def test_varias_fotos_y_un_pdf_son_un_solo_pdf_en_el_orden_dado():
    apaisada, parada = archivo(foto(90, 40), "1.jpg"), archivo(foto(40, 90), "2.jpg")
    contenido, paginas = leer_escaneo([parada, archivo(pdf_minimo(2)), apaisada])
    cajas = [pagina.mediabox for pagina in PdfReader(io.BytesIO(contenido)).pages]
    assert paginas == 4
    assert [caja.width > caja.height for caja in cajas] == [False, False, False, True]


def test_los_errores_de_todos_se_dicen_juntos():
    with pytest.raises(ValidationError) as error:
        leer_escaneo([archivo(b"MZ", "uno.jpg"), archivo(foto(), "dos.jpg"), archivo(b"MZ", "tres.pdf")])
    assert len(error.value.messages) == 2
    assert "uno.jpg" in error.value.messages[0]
    assert "tres.pdf" in error.value.messages[1]


def test_uno_muy_pesado_dice_cuanto_se_admite(monkeypatch):
    monkeypatch.setattr(subidas, "TOPE", 10)
    with pytest.raises(ValidationError, match="lo más que se admite"):
        leer_escaneo([archivo(foto(), "foto.jpg")])


@settings(max_examples=150)
@given(st.binary(max_size=400), st.integers(0, 400), st.sampled_from(["registro.pdf", "foto.jpg", "foto.png"]))
def test_ningun_archivo_danado_es_una_falla(basura, donde, nombre):
    """Un PDF o una foto con un pedazo cambiado por basura se lee o se rechaza; nunca otra excepción."""
    bueno = pdf_con_javascript() if nombre.endswith("pdf") else foto(formato=nombre[-3:].upper().replace("JPG", "JPEG"))
    roto = bueno[:donde] + basura + bueno[donde + len(basura) :]
    try:
        contenido, _ = leer_escaneo([archivo(roto, nombre)])
    except ValidationError:
        return
    assert contenido.startswith(b"%PDF-")
