import sys
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.keyboard import END, Keyboard
from catalog.cli.options import (
    DbOption,
    DryRunOption,
    FormatOption,
    JsonOption,
    MessageOption,
    QueryArgument,
    QuietOption,
)
from catalog.cli.settings import Settings, choose_format, read_settings
from catalog.errors import UsageError
from catalog.model.question import Answer, Doubt, Question, Verdict

if TYPE_CHECKING:
    from catalog.services.review import Session

ANSWERS = {"a": Answer.ACCEPT, "r": Answer.REJECT, "s": Answer.SKIP}
STOP = ("q", "\x1b", END)


def review(
    words: QueryArgument = None,
    only: Annotated[list[Doubt] | None, typer.Option("--only", help="Only these doubts; may be repeated.")] = None,
    answers: Annotated[str | None, typer.Option("--apply", metavar="FILE", help="Take the verdicts of a file.")] = None,
    message: MessageOption = None,
    dry_run: DryRunOption = False,
    format_: FormatOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Go through what is doubtful, one by one: accept, correct, reject.

    Values read with low confidence, contradictions, numbers without a label, records that may be one, forms filled in
    twice, names that may mean the same. What you decide is kept as yours at once and is not asked again; a session is
    one change set.

    In a pipe the queue comes as a table. Fill its column `verdict` with accept, reject or =VALUE and hand it back with
    --apply; lines without a verdict stay open.

    \b
    Examples:
      catalog review
      catalog review site:青禾新闻网 --only low --only conflict
      catalog review --format jsonl > q.jsonl
      catalog review --apply q.jsonl -m 'checked by telephone'
    """
    from catalog.cli.selection import read_query
    from catalog.cli.session import open_to_read
    from catalog.display.screen import is_terminal, say
    from catalog.display.table import show_table
    from catalog.services import questions as service

    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json), "quiet": quiet})
    wanted = read_query(words) if words else None
    doubts = tuple(only or Doubt)
    if answers is not None:
        if words or only:
            raise UsageError("--apply takes what the file says: leave the query and --only out")
        _apply(settings, answers, message, dry_run=dry_run, as_json=as_json)
        return
    is_asked = settings.format is None and is_terminal() and is_terminal(sys.stdin)
    with open_to_read(settings) as store:
        questions = list(service.find_questions(store, wanted, doubts))
    if not is_asked:
        show_table(service.tabled(questions), settings.format)
    elif not questions:
        say("nothing waits for review", quiet=settings.quiet)
    else:
        _ask_all(settings, questions, message)


def _ask_all(settings: Settings, questions: list[Question], message: str | None) -> None:
    """Ask one question after the other until somebody stops; what was answered is kept, however it ends."""
    from catalog.cli.session import open_ports, open_to_write
    from catalog.display.outcome import show_review
    from catalog.display.review import show_question
    from catalog.services.review import Session

    with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports, Keyboard() as keyboard:
        session = Session(store, ports, message)
        try:
            for place, question in enumerate(questions, 1):
                show_question(question, place, len(questions))
                if not _ask(session, question, keyboard):
                    break
        finally:
            outcome = session.end()
            show_review(outcome, quiet=settings.quiet)


def _ask(session: "Session", question: Question, keyboard: Keyboard) -> bool:
    """Return whether to go on: read keys until one of them is an answer."""
    from catalog.display.review import show_help
    from catalog.display.screen import say
    from catalog.services.custom import known_fields
    from catalog.services.review import changes_of

    while (key := keyboard.key()) not in STOP:
        try:
            verdict = _read_answer(question, key, keyboard)
            if verdict is None:
                show_help(question)
                continue
            if verdict.answer is Answer.CORRECT:
                changes_of(question, verdict, known_fields(session.store))
            if not session.decide(question, verdict):
                say("that is not there any more")
        except UsageError as error:
            say(str(error))
            continue
        return True
    return False


def _read_answer(question: Question, key: str, keyboard: Keyboard) -> Verdict | None:
    """Return what a key says, None for one that says nothing here."""
    if key in ANSWERS:
        return Verdict(ANSWERS[key])
    if key == "c" and question.choices:
        typed = keyboard.line("= ")
        if not typed:
            raise UsageError("nothing was typed: c again, or r if there is none")
        return Verdict(Answer.CORRECT, typed)
    if key.isascii() and key.isdigit() and 1 < int(key) <= len(question.choices):
        return Verdict(Answer.CORRECT, str(question.choices[int(key) - 1].value))
    return None


def _apply(settings: Settings, answers: str, message: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Take the verdicts of a file: checked as a whole first, then kept as one change set."""
    from catalog.cli.session import open_ports, open_to_read, open_to_write
    from catalog.display.outcome import show_decision, show_review
    from catalog.display.safe import read_tsv
    from catalog.export.csv import read_csv_cell
    from catalog.model.outcome import Outcome
    from catalog.services.custom import known_fields
    from catalog.services.questions import find_questions
    from catalog.services.review import Session, plan_answers, told
    from catalog.sources.answers import read_answers

    rows = read_answers(answers, read_tsv, read_csv_cell)
    with open_to_read(settings) as store:
        planned, gone = plan_answers(find_questions(store), rows, known_fields(store))
    outcome = Outcome("review", {"verdicts": len(planned), "gone": gone}, dry_run=dry_run)
    if planned and not dry_run:
        with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports:
            session = Session(store, ports, message)
            session.counts["gone"] = gone
            for question, verdict in planned:
                session.decide(question, verdict)
            outcome = session.end()
    if as_json:
        show_decision(outcome, told(planned), as_json=True)
    else:
        show_review(outcome, quiet=settings.quiet)
