from django.shortcuts import render


def csrf_rechazado(request, reason=""):
    """El formulario venció o las cookies están apagadas: se dice en español qué hacer (403)."""
    return render(request, "403_csrf.html", status=403)
