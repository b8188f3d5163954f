"""The protocol's own conformance suite against a server: python conformance.py NODE SUITE URL.

Only scenarios that ask nothing but the protocol are run: the others call tools, resources and prompts of the suite's own
(test_simple_text, test://static-text), which an archive does not have. No failure is expected in those that are run. A
check that needs such a tool says that it is not testable, and is counted.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

SCENARIOS = {
    "2025-11-25": [
        "server-initialize",
        "ping",
        "tools-list",
        "resources-list",
        "prompts-list",
        "dns-rebinding-protection",
    ],
    "2026-07-28": [
        "server-stateless",
        "tools-list",
        "resources-list",
        "sep-2164-resource-not-found",
        "prompts-list",
        "dns-rebinding-protection",
        "caching",
        "http-header-validation",
        "server-sse-multiple-streams",
        "input-required-result-unsupported-methods",
    ],
}


def checks(node, suite, url, version, scenario):
    """The checks of one scenario, as the suite writes them down."""
    with tempfile.TemporaryDirectory() as folder:
        command = [node, suite, "server", "--url", url, "--scenario", scenario, "--spec-version", version, "-o", folder]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
        written = list(pathlib.Path(folder).rglob("checks.json"))
        assert written, (scenario, run.stdout, run.stderr)
        return json.loads(written[0].read_text())


def main(node, suite, url):
    passed, untestable, failed = 0, 0, []
    for version, scenarios in SCENARIOS.items():
        for scenario in scenarios:
            found = checks(node, suite, url, version, scenario)
            assert found, f"{scenario} of {version} checked nothing"
            for check in found:
                if check["status"] in ("SUCCESS", "INFO", "SKIPPED"):
                    passed += check["status"] == "SUCCESS"
                elif "not testable" in check.get("errorMessage", "").lower():
                    untestable += 1
                else:
                    failed.append((version, scenario, check["id"], check.get("errorMessage")))
    for failure in failed:
        print(*failure, file=sys.stderr)
    assert not failed and passed > 40, passed
    print(f"conformance: {passed} checks passed, none failed, {untestable} ask for tools of the suite's own")


main(*sys.argv[1:])
