class CambioImposible(Exception):
    """El directorio no admite ese cambio; el mensaje dice por qué y se muestra tal cual."""
