"""The pages of customers and account managers of a run, in each language: made anew, or taken over where nothing of
them has changed."""

import functools

from custlib.report import files
from custlib.report.notebook import failures
from custlib.report.profile import found, managers, rendering, sections
from custlib.report.run import cache

OFTEN = 50  # pages between two words of progress


def known(build) -> found.Found:
    """Which customers the result tables of a run know; nothing where no notebook says who has a page."""
    return found.find(functools.partial(_load, build))


def _load(build, name):
    made = (build.folder / "tables" / f"{name}.parquet").is_file()
    return build.ports.load(name, build.folder) if made else None


def write(build, editions) -> None:
    """Writes `customers/<name>.html` for each customer of `profile_index`. editions: an `Edition` for each language."""
    customers = found.with_rows(editions[0].found, functools.partial(_load, build))
    if not customers.listed:
        return
    build.watch.step("profiles")
    files.make_folder(build.folder / found.FOLDER)
    shared, plan = cache.shared(build.made_of), build.plan
    speakers = {one.lang: sections.Speaker(one.lang, plan.quarter, one.context) for one in editions}
    around = {one.lang: one.around() for one in editions}
    for at, (customer_id, stem) in enumerate(customers.files.items()):
        if at % OFTEN == 0:
            build.watch.detail(f"{at}/{len(customers.files)}")
        customer = sections.Customer(customer_id, customers.names.get(customer_id, ""), customers.of(customer_id))
        for lang, say in speakers.items():
            twins = [(other, plan.edition(f"{stem}.html", other)) for other in plan.langs if other != lang]
            arguments = (customer, say, around[lang], twins)
            name = f"{found.FOLDER}/{plan.edition(f'{stem}.html', lang)}"
            with failures.rendering(stem):
                made_of = ["profile", rendering.decided(*arguments), shared]
                page = build.cache.text(name, made_of, lambda given=arguments: rendering.render(*given))
            files.write_bytes(build.folder / name, page.encode())
    _managers(build, customers, speakers, around)


def _managers(build, customers, speakers, around):
    """Writes `managers/<name>.html` for each account manager: few, so made anew."""
    plan, stems = build.plan, managers.files(customers)
    if stems:
        files.make_folder(build.folder / managers.FOLDER)
    for manager, stem in stems.items():
        rows = managers.of(customers, manager)
        for lang, say in speakers.items():
            twins = [(other, plan.edition(f"{stem}.html", other)) for other in plan.langs if other != lang]
            with failures.rendering(stem):
                page = managers.render(manager, rows, say, around[lang], twins)
            files.write_bytes(build.folder / managers.FOLDER / plan.edition(f"{stem}.html", lang), page.encode())
