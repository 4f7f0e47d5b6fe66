"""La parte de texto de un correo dice todo lo que dice su HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boletines.texto_plano import en_texto


@pytest.mark.parametrize(
    ("html", "texto"),
    [
        ("<p>Uno</p><p>Dos</p>", "Uno\n\nDos"),
        ("<ol><li>Uno</li><li>Dos</li></ol>", "1. Uno\n2. Dos"),
        ("<ul><li>Uno<ul><li>Dentro</li></ul></li></ul>", "- Uno\n\n- Dentro"),
        ('<p><a href="https://x.example/">https://x.example/</a></p>', "https://x.example/"),
        ('<p><a href="mailto:a@x.example">Escriba</a></p>', "Escriba (a@x.example)"),
        ("<p>A &amp; B<br/>C</p>", "A & B\nC"),
    ],
)
def test_la_parte_de_texto_dice_lo_mismo(html, texto):
    assert en_texto(html) == texto


@given(st.lists(st.text("añÁé0«»¿?.-_()%", min_size=1, max_size=8), max_size=20))
def test_la_parte_de_texto_no_pierde_ninguna_palabra(palabras):
    html = "".join(f"<p>{palabra}</p>" for palabra in palabras)
    assert en_texto(html).split() == palabras
