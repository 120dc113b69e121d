"""Draws icon.png: a page, a mark in its text, and the note the mark leads to."""

import struct
import zlib

SIZE, FINE = 256, 4  # pixels a side; samples a pixel's side
INK, PAPER, LINE, MARK = (31, 52, 84), (252, 249, 240), (176, 182, 190), (196, 62, 44)

# (left, top, right, bottom, corner radius, colour), the later above the earlier, in 64ths of the picture
SHAPES = [
    (0, 0, 64, 64, 12, INK),
    (14, 8, 50, 56, 3, PAPER),
    (19, 16, 45, 18.5, 1.2, LINE),
    (19, 23, 36, 25.5, 1.2, LINE),
    (38, 20, 43, 25, 2.5, MARK),
    (19, 30, 42, 32.5, 1.2, LINE),
    (19, 39, 31, 40, 0.5, INK),
    (19, 44, 24, 49, 2.5, MARK),
    (27, 45.5, 45, 48, 1.2, LINE),
]


def holds(shape, x, y):
    left, top, right, bottom, radius, _ = shape
    dx = max(left + radius - x, x - right + radius, 0)
    dy = max(top + radius - y, y - bottom + radius, 0)
    return left <= x <= right and top <= y <= bottom and dx * dx + dy * dy <= radius * radius


def sample(x, y):
    return next(((*shape[5], 255) for shape in reversed(SHAPES) if holds(shape, x, y)), (*INK, 0))


def pixel(column, row):
    step = 64 / SIZE / FINE
    samples = [sample((column * FINE + i + 0.5) * step, (row * FINE + j + 0.5) * step) for i in range(FINE) for j in range(FINE)]
    return bytes(sum(channel) // len(samples) for channel in zip(*samples))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
with open("icon.png", "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n")
    file.write(chunk(b"IHDR", struct.pack(">2I5B", SIZE, SIZE, 8, 6, 0, 0, 0)))
    file.write(chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
