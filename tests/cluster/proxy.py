#!/usr/bin/env python3
"""A cluster behind TLS and a password, on this machine's loopback, for tests: what the security plugin does, in small.

    proxy.py FOLDER NODE...    NODE is 127.0.0.1:PORT

FOLDER/users.json says who may ask, with which password, and with which role, as `dateline cluster role` prints it:
{"USER": {"password": "...", "role": {...}}}. A key is that of the user "key". Certificates are made in FOLDER: that of the
authority is authority.pem. Each way in has a port of its own, and prints its name and that port on a line when all are open:

    new        TLS 1.3, with a certificate for 127.0.0.1 and localhost
    old        TLS 1.2, with the same
    other      with a certificate for another host
    expired    with one that has expired
    plain      without TLS
    moved      leads to `witness`, where whoever comes is written into FOLDER/witness

It ends when its standard input does. Exit 2: there is no openssl here.
"""

import base64
import http.client
import http.server
import json
import pathlib
import shutil
import socketserver
import ssl
import subprocess
import sys
import threading
from fnmatch import fnmatchcase

HERE = "IP:127.0.0.1,DNS:localhost"


def certificates(folder):
    """An authority, and certificates of it."""

    def openssl(*args):
        subprocess.run(["openssl", *args], cwd=folder, check=True, capture_output=True)

    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    (folder / "index").write_text("")
    (folder / "openssl.cnf").write_text(
        "[req]\ndistinguished_name=name\n[name]\n[rules]\ncommonName=supplied\n"
        "[ca]\ndefault_ca=harbour\n[harbour]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\n"
        "policy=rules\nunique_subject=no\n[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
    )
    config = ["-config", "openssl.cnf"]
    openssl(
        "req", "-x509", *config, *curve, "-extensions", "root", "-subj", "/CN=Harbour authority",
        "-days", "30", "-keyout", "authority.key", "-out", "authority.pem",
    )  # fmt: skip
    for name, hosts, end in [
        ("here", HERE, "20491231000000Z"),
        ("other", "DNS:ferry.example", "20491231000000Z"),
        ("expired", HERE, "20200102000000Z"),
    ]:
        openssl("req", "-new", *config, *curve, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        (folder / f"{name}.ext").write_text(f"subjectAltName={hosts}\nbasicConstraints=CA:FALSE\n")
        openssl(
            "ca", "-batch", "-notext", *config, "-cert", "authority.pem", "-keyfile", "authority.key", "-in", f"{name}.csr",
            "-out", f"{name}.pem", "-extfile", f"{name}.ext", "-startdate", "20200101000000Z", "-enddate", end,
        )  # fmt: skip


def needs(method, path, body):
    """What a request needs to be allowed: of the cluster as a whole, and of indices, by the plugin's names of actions."""
    path = path.partition("?")[0]
    parts = path.strip("/").split("/")
    indices, what = parts[0].split(","), parts[1:]
    on = lambda *actions: [(index, action) for index in indices for action in actions]
    match (method, what):
        case "GET", [] if path == "/":
            return ["cluster:monitor/main"], []
        case "GET", ["_doc", _]:
            return [], on("indices:data/read/get")
        case "POST", ["_search"]:
            return [], on("indices:data/read/search")
        case "POST", [] if parts == ["_msearch"]:
            heads = [json.loads(line) for line in body.splitlines()[::2]]
            read = ("indices:data/read/msearch", "indices:data/read/search")
            return ["indices:data/read/msearch"], [(head["index"], action) for head in heads for action in read]
        case "GET", ["_stats", _]:
            return [], on("indices:monitor/stats")
        case "GET", ["_alias"]:
            return [], on("indices:admin/aliases/get")
        case "GET", ["_analyze"]:
            return [], on("indices:admin/analyze")
        case "POST", [] if parts == ["_aliases"]:
            changes = [change for action in json.loads(body)["actions"] for change in action.values()]
            return [], [(change["index"], "indices:admin/aliases") for change in changes]
        case "PUT", []:
            return [], on("indices:admin/create")
        case "DELETE", []:
            return [], on("indices:admin/delete")
        case "POST", ["_refresh"]:
            return [], on("indices:admin/refresh")
        case "POST", ["_bulk"]:
            write = ("bulk[s]", "index", "update", "delete")
            return ["indices:data/write/bulk"], on(*(f"indices:data/write/{action}" for action in write))
        case "PUT", ["_doc", _]:
            return ["indices:data/write/bulk"], on("indices:data/write/bulk[s]", "indices:data/write/index")
        case "DELETE", ["_doc", _]:
            return ["indices:data/write/bulk"], on("indices:data/write/bulk[s]", "indices:data/write/delete")
    return [f"{method} {path}"], []


def forbidden(role, method, path, body):
    """The first action of a request that a role lacks."""
    matches = lambda name, patterns: any(fnmatchcase(name, pattern.replace("[", "[[]")) for pattern in patterns)
    of_cluster, of_indices = needs(method, path, body)
    for action in of_cluster:
        if not matches(action, role["cluster_permissions"]):
            return action
    for index, action in of_indices:
        allowed = (
            matches(index, part["index_patterns"]) and matches(action, part["allowed_actions"])
            for part in role["index_permissions"]
        )
        if not any(allowed):
            return action
    return None


class Way(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """One way in."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answer, certificate=None, version=None):
        super().__init__(("127.0.0.1", 0), answer)
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate.with_suffix(".pem"), certificate.with_suffix(".key"))
        if version:
            self.context.minimum_version = self.context.maximum_version = version
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        if self.context:
            request = self.context.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, request, client_address):
        """Whoever does not like a certificate goes away."""


class Answer(http.server.BaseHTTPRequestHandler):
    """Answers in the words of the nodes."""

    protocol_version = "HTTP/1.1"
    # A small answer must not wait for the receipt of its head.
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def say(self, status, body, kind="application/json", **heads):
        self.send_response(status)
        for name, value in heads.items():
            self.send_header(name, value)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, why):
        error = {"type": "security_exception", "reason": why}
        self.say(status, json.dumps({"error": {"root_cause": [error], **error}, "status": status}).encode())

    def take(self):
        return self.rfile.read(int(self.headers.get("content-length") or 0))


def proxy(users, nodes):
    class Proxy(Answer):
        def user(self):
            told, _, secret = (self.headers.get("authorization") or "").partition(" ")
            if told == "ApiKey":
                name, password = "key", secret
            else:
                name, _, password = base64.b64decode(secret).decode().partition(":")
            user = users.get(name)
            return (name, user["role"]) if user and user["password"] == password else None

        def ask(self):
            body = self.take()
            user = self.user()
            if not user:
                return self.say(401, b"Unauthorized", "text/plain")
            lacking = forbidden(user[1], self.command, self.path, body)
            if lacking:
                return self.refuse(403, f"no permissions for [{lacking}] and User [name={user[0]}]")
            kind = {"content-type": self.headers.get("content-type") or "application/json"}
            for node in nodes:
                try:
                    connection = http.client.HTTPConnection(node, timeout=120)
                    connection.request(self.command, self.path, body, kind)
                    answer = connection.getresponse()
                    return self.say(answer.status, answer.read(), answer.headers["content-type"] or "text/plain")
                except (OSError, http.client.HTTPException):
                    continue
                finally:
                    connection.close()
            self.refuse(502, "no node answers")

        do_GET = do_PUT = do_POST = do_DELETE = ask

    return Proxy


def moved(port):
    class Moved(Answer):
        def ask(self):
            self.take()
            self.say(307, b"", location=f"https://localhost:{port}{self.path}")

        do_GET = do_PUT = do_POST = do_DELETE = ask

    return Moved


def witness(file):
    class Witness(Answer):
        def ask(self):
            file.write_text(f"{self.command} {self.path}\n{self.headers}")
            self.say(200, b"{}")

        do_GET = do_PUT = do_POST = do_DELETE = ask

    return Witness


def main():
    folder, nodes = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    if not shutil.which("openssl"):
        print("proxy: there is no openssl here", file=sys.stderr)
        sys.exit(2)
    certificates(folder)
    users = json.loads((folder / "users.json").read_text())
    answer, here = proxy(users, nodes), folder / "here"
    ways = {
        "new": Way(answer, here, ssl.TLSVersion.TLSv1_3),
        "old": Way(answer, here, ssl.TLSVersion.TLSv1_2),
        "other": Way(answer, folder / "other"),
        "expired": Way(answer, folder / "expired"),
        "plain": Way(answer),
        "witness": Way(witness(folder / "witness"), here),
    }
    ways["moved"] = Way(moved(ways["witness"].server_port), here)
    for name, way in ways.items():
        print(name, way.server_port)
    print(flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
