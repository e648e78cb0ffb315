"""The closed lists of names: fields, roles, counters, identifiers, zones. Codes are stored and never renamed."""

PERSON_ROLES = (
    "author", "original_author", "translator", "compiler", "reporter", "correspondent", "photographer",
    "editor", "responsible_editor", "executive_editor", "duty_editor", "art_editor", "chief_editor",
    "reviewer", "supervising_reviewer", "chief_supervising_reviewer", "proofreader", "producer",
    "executive_producer", "poster",
)  # fmt: skip
BODY_ROLES = ("host_body", "supervising_body", "operator", "issuing_body", "copyright_holder")
ROLES = PERSON_ROLES + BODY_ROLES
AGENT_KINDS = ("person", "body", "account")
EDITOR_ROLES = (
    "editor", "responsible_editor", "executive_editor", "duty_editor", "art_editor", "chief_editor",
    "reviewer", "supervising_reviewer", "chief_supervising_reviewer", "proofreader", "producer", "executive_producer",
)  # fmt: skip
AUTHOR_ROLES = ("author", "original_author", "translator", "compiler", "reporter", "correspondent")

COUNTERS = ("views", "comments", "likes", "shares")
IDENTIFIERS = (
    "icp", "public_security", "news_licence", "telecom_licence", "broadcast_licence", "audiovisual_licence",
    "publishing_licence", "culture_licence", "site_code", "print_number",
    "index_number", "document_number", "release_number",
)  # fmt: skip
CONTACTS = ("address", "postcode", "telephone", "fax", "email")
DOCUMENT_DATES = ("document_date", "effective_date", "expiry_date")
DOCUMENT = (*DOCUMENT_DATES, "topic", "document_kind", "validity", "disclosure")

TEXTS = ("title", "subtitle", "kicker", "summary", "source", "publisher", "site_name", "section")
DATES = ("published", "modified")
SINGLE = ("kind", "language", *TEXTS, *DATES, *COUNTERS, *DOCUMENT, "unlabelled_count", "body")
MANY = ("breadcrumb", "tag", *ROLES, *IDENTIFIERS, *CONTACTS)
FIELDS = SINGLE + MANY

ZONES = ("masthead", "headline", "dateline", "summary", "body", "credits", "related", "colophon")
# The two-letter codes of ISO 639-1, as the language subtag registry of BCP 47 has them.
LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo"
    " es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka"
    " kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng"
    " nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st"
    " su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
KINDS = ("article", "listing", "other")
