"""Memory of the frontier with 100,000 addresses waiting, and how many polite sites are kept busy side by side.

    python -m benchmarks.frontier [--addresses 100000] [--sites 50] [--delay 0.5]

The first part fills and empties the frontier in a process of its own and prints the most memory that it had at 1,000 and at
all addresses: flat means that the difference is the page cache of the queue's file, whatever the number. The second
part visits model sites on loopback, each with a delay between requests, in as many seconds as one of them needs by
itself if the others cost it nothing; it prints how much longer it took.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGES = 20
"""Reports of each model site."""


def peak_megabytes(addresses: int) -> float:
    """The most memory of a process that queues and takes so many addresses."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_queued, (addresses,))


def _queued(addresses: int) -> float:
    from pipeline.crawl.frontier import Frontier
    from pipeline.crawl.steps import Kind, Step

    frontier = Frontier()
    for number in range(addresses):
        url = f"http://www{number % 50}.example.gov.cn/zwgk/zfxxgknb/202401/t20240130_{number}.html"
        frontier.push(
            f"site{number % 50}",
            Step(url, Kind.ARTICLE, title="某某市某某局2023年政府信息公开工作年度报告", parent=url),
            2,
        )
    for site in range(50):
        while frontier.pop(f"site{site}") is not None:
            pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A list, its reports, no robots.txt."""
        name = self.path.strip("/").removesuffix(".html")
        if name == "nb":
            links = "".join(
                f"<li><a href='/{n}.html'>云溪县第{n}局2022年政府信息公开工作年度报告</a>2023-01-20</li>"
                for n in range(PAGES)
            )
            body, status = f"<title>政府信息公开年报</title><ul>{links}</ul>", 200
        elif name.isdecimal():
            body, status = (
                f"<h1>云溪县第{name}局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>主动公开信息{name}条。</p>",
                200,
            )
        else:
            body, status = "", 404
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def _served(count: int) -> Iterator[list[str]]:
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _Handler) for _ in range(count)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield [f"http://127.0.0.1:{server.server_address[1]}" for server in servers]
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def seconds_for(sites: int, delay: float) -> tuple[float, int]:
    """Seconds from the first visit's start to the last one's end, and the requests made."""
    from datetime import datetime

    from db import Store
    from db.crawl.fetches import FetchLog
    from parsers.assemble import current_versions
    from pipeline.crawl.process import Errand, crawl
    from pipeline.crawl.sources_file import parse_sources

    with _served(sites) as urls, tempfile.TemporaryDirectory() as folder:
        text = f'contact = "mailto:bench@example.org"\n[defaults]\ndelay = {delay}\n'
        text += "".join(f'[[site]]\nname = "s{n}"\nstart = "{url}/nb.html"\n' for n, url in enumerate(urls))
        sources = parse_sources(text, "benchmark")
        database = f"{folder}/n.db"
        with Store.open(database) as store:
            run = store.begin_run("scrape", current_versions())
            crawl(Errand(run, database, Path(folder) / "archive", sources.user_agent, sources.sites, sites))
            visits = FetchLog(store).visits(run_id=run)
        began = min(datetime.fromisoformat(visit.started) for visit in visits)
        ended = max(datetime.fromisoformat(visit.finished or visit.started) for visit in visits)
        return (ended - began).total_seconds(), sum(visit.requests for visit in visits)


def main() -> None:
    """Prints the figures; status 1 when memory is not flat."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--addresses", type=int, default=100_000)
    options.add_argument("--sites", type=int, default=50)
    options.add_argument("--delay", type=float, default=0.5)
    chosen = options.parse_args()
    few, many = peak_megabytes(1_000), peak_megabytes(chosen.addresses)
    say = sys.stdout.write
    say(f"frontier: {few:.0f} MB with 1,000 addresses, {many:.0f} MB with {chosen.addresses:,}\n")
    begun = time.process_time()
    seconds, requests = seconds_for(chosen.sites, chosen.delay)
    alone = (PAGES + 1) * chosen.delay
    say(
        f"{chosen.sites} sites side by side: {requests} requests in {seconds:.1f} s; the delays alone take {alone:.1f} s\n"
    )
    say(
        f"that is {requests / seconds:.0f} requests a second, each site at {alone / seconds:.0%} of its polite pace\n"
    )
    say(f"processor time of the servers, in this process: {time.process_time() - begun:.1f} s\n")
    sys.exit(0 if many - few < 30 else 1)


if __name__ == "__main__":
    main()
