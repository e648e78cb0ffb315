"""The closed lists of names: fields, roles, counters, identifiers, zones. Codes are stored and never renamed."""

PERSON_ROLES = (
    "author", "original_author", "translator", "compiler", "reporter", "correspondent", "photographer",
    "editor", "responsible_editor", "executive_editor", "duty_editor", "art_editor", "chief_editor",
    "reviewer", "supervising_reviewer", "chief_supervising_reviewer", "proofreader", "producer",
    "executive_producer", "poster",
)  # fmt: skip
BODY_ROLES = ("host_body", "supervising_body", "operator", "issuing_body", "copyright_holder")
ROLES = PERSON_ROLES + BODY_ROLES
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
DOCUMENT = ("document_date", "effective_date", "expiry_date", "topic", "document_kind", "validity", "disclosure")

TEXTS = ("title", "subtitle", "kicker", "summary", "source", "publisher", "site_name", "section")
DATES = ("published", "modified")
SINGLE = ("kind", "language", *TEXTS, *DATES, *COUNTERS, *DOCUMENT, "unlabelled_count", "body")
MANY = ("breadcrumb", "tag", *ROLES, *IDENTIFIERS, *CONTACTS)
FIELDS = SINGLE + MANY

ZONES = ("masthead", "headline", "dateline", "summary", "body", "credits", "related", "colophon")
KINDS = ("article", "listing", "other")
