"""The JSON schemas of the answers, for OpenAPI."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
BYTES: Schema = {"type": "string", "format": "binary"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
HEX: Schema = {"type": "string", "pattern": "^#[0-9a-f]{6}$"}
DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
CODES: Schema = {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 255}}
ANY: Schema = {}


def object_of(properties: dict[str, Schema], optional: tuple[str, ...] = (), about: str = "") -> Schema:
    """An object with properties, of which all but `optional` are there; later versions may add others."""
    required = [name for name in properties if name not in optional]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        **({"description": about} if about else {}),
    }


def list_of(items: Schema) -> Schema:
    """A list of any length."""
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    """A value or null."""
    return {"anyOf": [schema, {"type": "null"}]}


COLOR = object_of(
    {
        "hex": HEX,
        "srgb": CODES,
        "weight": {**NUMBER, "description": "The share of the picture; the weights of a palette sum to 1."},
        "position": {**or_null(list_of(NUMBER)), "description": "x and y in fractions of width and height."},
        "name": TEXT,
        "accent": {"type": "boolean", "description": "Whether it is small, chromatic and unlike the larger colors."},
        "exemplars": {**list_of(TEXT), "description": "Of a collection: the pictures that show most of it."},
    },
    optional=("exemplars",),
)
PALETTE = object_of(
    {
        "source": or_null(TEXT),
        "width": or_null(COUNT),
        "height": or_null(COUNT),
        "k": {"anyOf": [COUNT, {"const": "auto"}, {"type": "null"}], "description": "The number of colors asked for."},
        "method": or_null(TEXT),
        "space": or_null(TEXT),
        "seed": or_null(COUNT),
        "options": {"type": "object"},
        "notes": {**list_of(TEXT), "description": "A sentence for each color tag that was ignored; missing if none."},
        "colors": list_of(COLOR),
        "coolors": TEXT,
    },
    about="A palette, in the order asked for.",
    optional=("notes",),
)
EXPORTED: Schema = {
    "anyOf": [PALETTE, {"type": "object"}, {"type": "array"}],
    "description": "The palette; other formats in JSON have the form of their programs.",
}
CLUSTERS = object_of({"clusters": list_of(CODES)})
PALETTE_URL = object_of({"palette_url": TEXT})
REASONS = object_of(
    {
        "reasons": list_of(
            object_of(
                {
                    "index": COUNT,
                    "text": TEXT,
                    "short": TEXT,
                    "hex": HEX,
                    "name": TEXT,
                    "share": NUMBER,
                    "parts": {"type": "object"},
                    "place": {"type": "object"},
                }
            )
        )
    }
)
FIDELITY = object_of({"mean": NUMBER, "worst": NUMBER}, about="CIEDE2000 from the pixels to the palette.")
POINTS = object_of(
    {
        "space": TEXT,
        "channels": list_of(TEXT),
        "points": {**list_of(list_of(ANY)), "description": "Each has 3 coordinates, hex, share and index."},
    }
)
HARMONY = object_of(
    {
        "color": HEX,
        "schemes": {
            "type": "object",
            "additionalProperties": list_of(
                object_of(
                    {
                        "hex": HEX,
                        "name": TEXT,
                        "angle": NUMBER,
                        "off": {**NUMBER, "description": "Degrees between its hue and the scheme's."},
                        "in_picture": {**FLAG, "description": "Whether the picture has it; otherwise it is generated."},
                        "position": {**or_null(list_of(NUMBER)), "description": "A pixel that shows it."},
                    }
                )
            ),
        },
    }
)
PICTURE = object_of({"picture": DIGEST, "width": COUNT, "height": COUNT, "bytes": COUNT, "kind": TEXT, "frames": COUNT})
REPORT = object_of(
    {
        "format": TEXT,
        "k": COUNT,
        "colors": COUNT,
        "bits": COUNT,
        "bytes_before": or_null(COUNT),
        "bytes_after": COUNT,
        "alpha_levels": COUNT,
        "difference": NUMBER,
        "psnr": or_null(NUMBER),
        "ssim": NUMBER,
        "palette": list_of(HEX),
        "notes": list_of(TEXT),
    },
    optional=("palette", "notes"),
)
TABLE = object_of({"rows": list_of(REPORT)})
RECOLORED = object_of(
    {
        "palette": list_of(HEX),
        "after": list_of(HEX),
        "weights": list_of(NUMBER),
        "tone": TEXT,
        "reason": TEXT,
        "notes": list_of(TEXT),
    },
    optional=("notes",),
)
BACKGROUND = object_of(
    {
        "kind": TEXT,
        "mode": TEXT,
        "hex": list_of(HEX),
        "text": HEX,
        "contrast": NUMBER,
        "reason": TEXT,
        "css": TEXT,
        "size": list_of(COUNT),
        "notes": list_of(TEXT),
    },
    optional=("notes",),
)
COMPARED: Schema = {
    "anyOf": [
        object_of(
            {
                "a": or_null(TEXT),
                "b": or_null(TEXT),
                "difference": TEXT,
                "distance": NUMBER,
                "flow": list_of(
                    object_of(
                        {"from": {"type": "object"}, "to": {"type": "object"}, "share": NUMBER, "difference": NUMBER}
                    )
                ),
                "looks": list_of({"type": "object"}),
            },
            about="Two pictures.",
        ),
        object_of(
            {
                "difference": TEXT,
                "pictures": list_of(DIGEST),
                "order": list_of(DIGEST),
                "distances": list_of(list_of(NUMBER)),
            },
            about="The distances of all pairs of several pictures.",
        ),
        object_of(
            {
                "like": DIGEST,
                "difference": TEXT,
                "pictures": list_of(object_of({"picture": DIGEST, "distance": NUMBER})),
            },
            about="Pictures by their similarity to one.",
        ),
    ]
}
PARTS: Schema = {"type": "object", "additionalProperties": COUNT, "description": "Whole parts by weight, by name."}
RECIPE = object_of(
    {
        "original": {**HEX, "description": "The picture's color."},
        "target": {**HEX, "description": "The color to mix: the picture's, in the range of paint."},
        "weight": NUMBER,
        "parts": PARTS,
        "color": {**HEX, "description": "The color of the mix."},
        "difference": NUMBER,
        "within_reach": FLAG,
    }
)
STOCK = object_of({"name": TEXT, "parts": PARTS, "color": HEX})
PAINTS = object_of(
    {
        "source": or_null(TEXT),
        "box": or_null(TEXT),
        "credit": TEXT,
        "value": TEXT,
        "difference": {**NUMBER, "description": "The weighted mean CIEDE2000 of the recipes."},
        "exact": {**FLAG, "description": "Whether no other set of as many tubes comes nearer."},
        "tubes": list_of(object_of({"name": TEXT, "hex": HEX, "own": FLAG})),
        "stock": list_of(STOCK),
        "recipes": list_of(RECIPE),
        "curve": {**list_of(NUMBER), "description": "What the best 1, 2, ... and all tubes leave."},
        "words": list_of(TEXT),
        "notes": list_of(TEXT),
    },
    optional=("notes",),
)
NUMBERS = object_of(
    {
        "source": or_null(TEXT),
        "paper": TEXT,
        "width_mm": NUMBER,
        "height_mm": NUMBER,
        "least_mm": NUMBER,
        "difference": {**NUMBER, "description": "Mean CIEDE2000 of the picture from the colors of its areas."},
        "nearest": {**NUMBER, "description": "The same if each pixel had the nearest color."},
        "colors": list_of(
            object_of({"number": COUNT, "hex": HEX, "share": NUMBER, "recipe": RECIPE}, optional=("recipe",))
        ),
        "stock": list_of(STOCK),
        "areas": list_of(
            object_of(
                {
                    "number": or_null(COUNT),
                    "size": {**NUMBER, "description": "In square millimeters."},
                    "circles": {**list_of(list_of(NUMBER)), "description": "x, y and radius in millimeters."},
                }
            )
        ),
        "words": list_of(TEXT),
        "notes": list_of(TEXT),
    },
    optional=("notes",),
)
CONTRAST = object_of(
    {
        "hex": list_of(HEX),
        "wcag": list_of(list_of(NUMBER)),
        "apca": list_of(list_of(NUMBER)),
        "texts": list_of({"type": "object"}),
    }
)
SIGHT = object_of(
    {
        "apart": NUMBER,
        "alike": list_of(ANY),
        "views": list_of(
            object_of(
                {"deficiency": TEXT, "severity": NUMBER, "name": TEXT, "hex": list_of(HEX), "confused": list_of(ANY)}
            )
        ),
    }
)
ROLES: Schema = {
    "type": "object",
    "additionalProperties": object_of({"hex": HEX, "name": TEXT, "found": FLAG, "reason": TEXT}),
    "description": "A color for each role.",
}
INDEX = object_of(
    {
        "name": TEXT,
        "version": TEXT,
        "docs": TEXT,
        "openapi": TEXT,
        "page": TEXT,
        "addresses": list_of(object_of({"method": TEXT, "path": TEXT, "summary": TEXT})),
    }
)
TINTS = object_of(
    {
        "tints": list_of(
            object_of(
                {
                    "hex": HEX,
                    "name": TEXT,
                    "step": {**COUNT, "description": "The step that is the color itself."},
                    "steps": {
                        "type": "object",
                        "additionalProperties": object_of({"hex": HEX, "black": NUMBER, "white": NUMBER}),
                        "description": "By step, 50 to 950; the contrast (WCAG 2.2) of black and of white text on it.",
                    },
                }
            )
        )
    }
)
AFTER = or_null(object_of({"collection": TEXT, "number": COUNT, "author": TEXT, "license": TEXT}))
SUGGESTIONS = object_of(
    {
        "suggestions": list_of(
            object_of(
                {
                    "colors": {**list_of(HEX), "description": "The kept colors first."},
                    "kept": COUNT,
                    "after": {**AFTER, "description": "The known palette that it follows."},
                    "moved": or_null(
                        object_of(
                            {"turn": NUMBER, "lightness": NUMBER, "chroma": NUMBER, "fitted": COUNT, "words": TEXT}
                        )
                    ),
                    "rule": or_null(TEXT),
                    "bits": {**NUMBER, "description": "How much likelier the colors are together than alone."},
                    "near": {**AFTER, "description": "The known palette of which it is a near copy."},
                    "words": TEXT,
                }
            )
        ),
        "method": TEXT,
        "seed": COUNT,
        "shortfall": {**or_null(TEXT), "description": "Why there are fewer than were asked for."},
    }
)
RESULT = object_of({"result": {**list_of(CODES), "minItems": 5, "maxItems": 5}})
MODELS = object_of({"result": list_of(TEXT)})
FILM_COLORS = list_of(object_of({"hex": HEX, "weight": NUMBER, "name": TEXT}))
FILM_COLUMNS = object_of(
    {
        "columns": {
            **list_of(list_of(ANY)),
            "description": "Start and end in seconds, hex of the mean, index in stacks.",
        },
        "stacks": {**list_of(list_of(list_of(ANY))), "description": "Hex and share of colors, the lightest first."},
    }
)
JOB = object_of(
    {
        "job": TEXT,
        "name": TEXT,
        "state": {"enum": ["waiting", "counting", "writing", "done", "failed"]},
        "share": {**or_null(NUMBER), "description": "Of the film that is counted; null if its length is not known."},
        "seconds_left": or_null(NUMBER),
        "final": {**FLAG, "description": "Whether the shots are those of the result: bars may change those before."},
        "count": {**COUNT, "description": "The shots so far; `since` leaves out the first of them."},
        "shots": list_of(
            object_of(
                {
                    "number": COUNT,
                    "start": {**NUMBER, "description": "Seconds."},
                    "end": NUMBER,
                    "timecode": TEXT,
                    "frames": list_of(COUNT),
                    "transition": TEXT,
                    "box": list_of(COUNT),
                    "palette": FILM_COLORS,
                    "look": {"type": "object"},
                }
            )
        ),
        "width": COUNT,
        "height": COUNT,
        "rate": or_null(TEXT),
        "start": NUMBER,
        "duration": NUMBER,
        "color": {"type": "object"},
        "chapters": list_of(object_of({"start": NUMBER, "end": NUMBER, "title": TEXT})),
        "notes": list_of(TEXT),
        "palette": FILM_COLORS,
        "problem": {"type": "object", "description": "Why it failed."},
    },
    optional=("width", "height", "rate", "start", "duration", "color", "chapters", "notes", "palette", "problem"),
    about="The job of a film.",
)
PROBLEM_KIND = object_of({"status": COUNT, "title": TEXT, "means": TEXT})


def entries(**more: Schema) -> Schema:
    """A list of registered things, each with its name, its summary and further facts."""
    return list_of(object_of({"name": TEXT, "summary": TEXT, **more}))


SUGGESTION_METHODS = entries(options=list_of({"type": "object"}))


def of_media_type(media_type: str, json: Schema | None = None) -> Schema:
    """The schema of an answer of a media type. json : that of application/json."""
    if media_type == "application/json":
        return json or {"type": "object"}
    if media_type.endswith("+json"):
        return {"type": "object"}
    textual = media_type.startswith("text/") or media_type.endswith(("+xml", "/xml", "/yaml", "/toml"))
    return TEXT if textual else BYTES
