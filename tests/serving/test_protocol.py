"""SPARQL 1.1 Protocol: what the W3C manifest asks for, by tests of our own, and the rest of the contract."""

from __future__ import annotations

import socket

import httpx
import pyoxigraph as ox
import pytest
from served import TOKEN, Running

ONTOLOGY = "https://w3id.org/baogao/id/graph/ontology"
PLACES = "https://w3id.org/baogao/id/graph/places"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
AUTH = {"Authorization": f"Bearer {TOKEN}"}
PLACE = "https://w3id.org/baogao/id/place/520200"


def boolean(response: httpx.Response) -> bool:
    assert response.status_code == 200, response.text
    return bool(response.json()["boolean"])


def test_a_query_can_be_sent_in_three_ways(service: Running) -> None:
    query = "ASK { ?s a bg:Prefecture }"
    assert boolean(service.client.get("/sparql", params={"query": query}))
    assert boolean(service.client.post("/sparql", data={"query": query}))
    assert boolean(service.client.post("/sparql", content=query, headers={"Content-Type": QUERY}))
    assert boolean(service.client.post("/sparql/", content=query, headers={"Content-Type": f"{QUERY}; charset=utf-8"}))


def test_the_default_graph_is_the_union_of_all_graphs(service: Running) -> None:
    assert boolean(service.ask(f"ASK {{ <{PLACE}> a ?class . ?class rdfs:label ?label }}"))


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_the_dataset_of_the_request_is_the_dataset(service: Running, method: str) -> None:
    def ask(query: str, dataset: list[tuple[str, str]]) -> bool:
        if method == "get":
            return boolean(service.client.get("/sparql", params=[("query", query), *dataset]))
        if method == "form":
            return boolean(service.client.post("/sparql", params=dataset, data={"query": query}))
        headers = {"Content-Type": QUERY}
        return boolean(service.client.post("/sparql", params=dataset, content=query, headers=headers))

    in_places = f"ASK {{ <{PLACE}> a ?class }}"
    assert ask(in_places, [("default-graph-uri", PLACES)])
    assert not ask(in_places, [("default-graph-uri", ONTOLOGY)])
    assert ask(in_places, [("default-graph-uri", ONTOLOGY), ("default-graph-uri", PLACES)])
    assert not ask(in_places, [("named-graph-uri", PLACES)])
    named = f"ASK {{ GRAPH ?g {{ <{PLACE}> a ?class }} }}"
    assert ask(named, [("named-graph-uri", PLACES)])
    assert not ask(named, [("default-graph-uri", PLACES)])
    # the request's dataset counts, not the query's
    own = f"ASK FROM <{PLACES}> {{ <{PLACE}> a ?class }}"
    assert ask(own, [])
    assert not ask(own, [("default-graph-uri", ONTOLOGY)])
    assert not ask(f"ASK FROM <{ONTOLOGY}> {{ <{PLACE}> a ?class }}", [])


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.5", "text/tab-separated-values; charset=utf-8"),
        ("text/html, application/xml;q=0.9, */*;q=0.1", "application/xml"),
        ("application/json", "application/json"),
        ("text/*;q=0.4, application/sparql-results+json;q=0.1", "text/csv; charset=utf-8; header=present"),
    ],
)
def test_tables_come_in_the_format_asked_for(service: Running, accept: str, media: str) -> None:
    response = service.ask("SELECT (1 AS ?one) {}", Accept=accept)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media
    assert response.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("media", "syntax"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_graphs_come_in_the_format_asked_for(service: Running, media: str, syntax: ox.RdfFormat) -> None:
    response = service.ask(f"CONSTRUCT WHERE {{ <{PLACE}> skos:prefLabel ?name }}", Accept=media)
    assert response.headers["Content-Type"].startswith(media)
    labels = {quad.object for quad in ox.parse(response.content, format=syntax)}
    assert labels == {ox.Literal("六盘水市", language="zh-Hans"), ox.Literal("六盤水市", language="zh-Hant")}


def test_a_format_in_the_link_serves_those_who_cannot_send_headers(service: Running) -> None:
    params = {"query": "SELECT (1 AS ?one) {}", "format": "csv"}
    assert service.client.get("/sparql", params=params, headers={"Accept": "text/html"}).text == "one\r\n1\r\n"
    assert service.client.get("/sparql", params={**params, "format": "docx"}).status_code == 400


def test_what_cannot_be_given_is_not_acceptable(service: Running) -> None:
    assert service.ask("SELECT * {}", Accept="image/png").status_code == 406
    assert service.ask("CONSTRUCT WHERE { ?s ?p ?o }", Accept="text/csv").status_code == 406


def test_describe_and_relative_iris_use_the_base_of_the_data(service: Running) -> None:
    response = service.ask("DESCRIBE <place/520200>", Accept="application/n-triples")
    assert f"<{PLACE}>" in response.text


def bad_requests() -> list[tuple[str, dict[str, object]]]:
    return [
        ("two queries", {"method": "GET", "params": [("query", "ASK {}"), ("query", "SELECT * {}")]}),
        ("two queries in a form", {"method": "POST", "params": {"query": "ASK {}"}, "data": {"query": "ASK {}"}}),
        ("a query and an update", {"method": "POST", "data": {"query": "ASK {}", "update": "CLEAR ALL"}}),
        ("an empty form", {"method": "POST", "data": {"other": "1"}}),
        ("another method", {"method": "PUT", "params": {"query": "ASK {}"}}),
        ("a deletion", {"method": "DELETE", "params": {"query": "ASK {}"}}),
        ("plain text", {"method": "POST", "content": "ASK {}", "headers": {"Content-Type": "text/plain"}}),
        ("no media type", {"method": "POST", "content": "ASK {}"}),
        ("a form without its media type", {"method": "POST", "content": "query=ASK%20%7B%7D"}),
        ("bad syntax", {"method": "GET", "params": {"query": "ASK {"}}),
        ("an update by GET", {"method": "GET", "params": {"update": "CLEAR ALL"}}),
        (
            "UTF-16",
            {
                "method": "POST",
                "content": "ASK {}".encode("utf-16"),
                "headers": {"Content-Type": f"{QUERY}; charset=UTF-16"},
            },
        ),
        ("bad UTF-8", {"method": "POST", "content": b"ASK { ?s ?p '\xff' }", "headers": {"Content-Type": QUERY}}),
        ("bad UTF-8 in a form", {"method": "POST", "content": b"query=%FF", "headers": {"Content-Type": FORM}}),
        ("no IRI for a graph", {"method": "GET", "params": {"query": "ASK {}", "default-graph-uri": "a b"}}),
        ("a compressed body", {"method": "POST", "data": {"query": "ASK {}"}, "headers": {"Content-Encoding": "gzip"}}),
    ]


@pytest.mark.parametrize(("what", "request_"), bad_requests(), ids=[name for name, _ in bad_requests()])
def test_bad_requests_are_refused_with_a_reason(service: Running, what: str, request_: dict[str, object]) -> None:
    response = service.client.request(url="/sparql", **request_)  # type: ignore[arg-type]
    assert 400 <= response.status_code < 500
    assert response.text.strip()
    assert "Traceback" not in response.text


def test_a_syntax_error_says_where(service: Running) -> None:
    response = service.ask("SELECT *\nWHERE { ?s ?p }")
    assert response.status_code == 400
    assert "line 2" in response.text


def test_a_read_only_service_changes_nothing(service: Running) -> None:
    for headers in ({}, AUTH):
        response = service.client.post("/sparql", data={"update": "CLEAR ALL"}, headers=headers)
        assert response.status_code == 403
        content = service.client.post("/sparql", content="CLEAR ALL", headers={"Content-Type": UPDATE, **headers})
        assert content.status_code == 403
        assert service.client.put("/store?default", content=b"", headers=headers).status_code == 403
        assert service.client.delete(f"/store?graph={PLACES}", headers=headers).status_code == 403
    assert boolean(service.ask("ASK { ?s ?p ?o }"))


def test_an_update_needs_the_token(writable: Running) -> None:
    update = "INSERT DATA { GRAPH <http://example.org/token> { <http://example.org/s> a <http://example.org/C> } }"
    for shown in ("", "Bearer wrong", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x"):
        response = writable.client.post("/sparql", data={"update": update}, headers={"Authorization": shown})
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert not boolean(writable.ask("ASK { GRAPH <http://example.org/token> { ?s ?p ?o } }"))
    assert writable.client.post("/sparql", data={"update": update}, headers=AUTH).status_code == 204
    assert boolean(writable.ask("ASK { GRAPH <http://example.org/token> { ?s ?p ?o } }"))


def test_an_update_is_seen_by_the_next_query_and_is_all_or_nothing(writable: Running) -> None:
    def update(text: str, **params: str) -> int:
        return writable.client.post(
            "/sparql", content=text, params=params, headers={"Content-Type": UPDATE, **AUTH}
        ).status_code

    for number in range(5):
        triple = f"<http://example.org/s> <http://example.org/p> {number}"
        assert update(f"INSERT DATA {{ GRAPH <http://example.org/seen> {{ {triple} }} }}") == 204
        rows = writable.ask("SELECT ?o { GRAPH <http://example.org/seen> { ?s ?p ?o } }").json()["results"]["bindings"]
        assert len(rows) == number + 1
    half = "INSERT DATA { GRAPH <http://example.org/half> { <http://example.org/s> <http://example.org/p> 1 } }"
    assert update(f"{half} ; CREATE GRAPH <http://example.org/seen>") >= 400  # it is there already
    assert not boolean(writable.ask("ASK { GRAPH <http://example.org/half> { ?s ?p ?o } }"))


def test_the_updates_dataset(writable: Running) -> None:
    def update(text: str, params: list[tuple[str, str]]) -> httpx.Response:
        return writable.client.post("/sparql", content=text, params=params, headers={"Content-Type": UPDATE, **AUTH})

    graphs = [f"http://example.org/using{number}" for number in range(3)]
    data = " ".join(f"GRAPH <{graph}> {{ <{graph}> a <http://example.org/Doc> }}" for graph in graphs)
    copy = (
        "INSERT { GRAPH <http://example.org/out> { ?s <http://example.org/in> ?in } } WHERE { "
        "{ ?s a <http://example.org/Doc> BIND('default' AS ?in) } UNION "
        "{ GRAPH ?g { ?s a <http://example.org/Doc> } BIND(?g AS ?in) } }"
    )
    done = update(
        f"INSERT DATA {{ {data} }} ; {copy}", [("using-graph-uri", graphs[0]), ("using-named-graph-uri", graphs[1])]
    )
    assert done.status_code == 204
    rows = writable.ask("SELECT * { GRAPH <http://example.org/out> { ?s <http://example.org/in> ?in } } ORDER BY ?s")
    found = [(row["s"]["value"], row["in"]["value"]) for row in rows.json()["results"]["bindings"]]
    assert found == [(graphs[0], "default"), (graphs[1], graphs[1])]
    own = "WITH <http://example.org/out> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    conflict = update(own, [("using-graph-uri", graphs[0])])
    assert conflict.status_code == 400
    injected = update(copy, [("using-graph-uri", "http://example.org/> } ; CLEAR ALL #")])
    assert injected.status_code == 400


def test_nothing_is_fetched_from_elsewhere(service: Running, writable: Running) -> None:
    # A server of our own sees who calls: nobody may.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        other = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        for query in (
            f"ASK {{ SERVICE <{other}> {{ ?s ?p ?o }} }}",
            f"PREFIX x: <{other}> ASK {{ SERVICEx:y{{ ?s ?p ?o }} }}",
        ):
            assert service.ask(query).status_code == 400
        for update in (f"LOAD <{other}>", "LOAD <file:///etc/hostname> INTO GRAPH <http://example.org/file>"):
            assert writable.client.post("/sparql", data={"update": update}, headers=AUTH).status_code == 400
        service.ask(f"ASK FROM <{other}> {{ ?s ?p ?o }}")
        service.client.get("/sparql", params={"query": "ASK {}", "default-graph-uri": other})
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_known_answer_is_not_sent_again(service: Running) -> None:
    first = service.ask("SELECT ?s { ?s a bg:Place } ORDER BY ?s")
    again = service.ask("SELECT ?s { ?s a bg:Place } ORDER BY ?s", **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content
    other = service.ask("SELECT ?s { ?s a bg:Project }", **{"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_changing_values_are_not_kept(service: Running) -> None:
    assert service.ask("SELECT (STRUUID() AS ?x) {}").text != service.ask("SELECT (STRUUID() AS ?x) {}").text


def test_head_has_no_body_and_options_say_what_may_be_done(service: Running) -> None:
    head = service.client.head("/sparql", params={"query": "ASK {}"})
    assert head.status_code == 200
    assert head.content == b""
    assert "POST" in service.client.options("/sparql").headers["Allow"]


def test_other_sites_may_read(service: Running) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = service.client.options("/sparql", headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    answer = service.ask("ASK {}", Origin="https://example.org")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_service_describes_itself(service: Running, writable: Running) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"

    def described(one: Running) -> tuple[set[str], str]:
        response = one.client.get("/sparql", headers={"Accept": "text/turtle"})
        assert response.headers["Content-Type"] == "text/turtle; charset=utf-8"
        quads = list(ox.parse(response.content, format=ox.RdfFormat.TURTLE))
        return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}, response.text

    objects, text = described(service)
    assert {sd + "SPARQL11Query", sd + "UnionDefaultGraph", f"{service.url}/sparql", PLACES} <= objects
    assert sd + "SPARQL11Update" not in objects
    assert "sh:select" in text
    assert sd + "SPARQL11Update" in described(writable)[0]


@pytest.mark.parametrize(
    "host", ["example.org:8080", "[::1]:80", 'x"><script>', "a b", "", "x" * 300, "a/b", "<urn:x>"]
)
def test_a_strange_host_does_no_harm(service: Running, host: str) -> None:
    response = service.client.get("/sparql", headers={"Accept": "text/turtle", "Host": host})
    assert response.status_code == 200
    endpoint = f"http://{host}/sparql" if host in {"example.org:8080", "[::1]:80"} else "http://localhost/sparql"
    subjects = {quad.subject for quad in ox.parse(response.content, format=ox.RdfFormat.TURTLE)}
    assert ox.NamedNode(endpoint) in subjects
    assert service.client.get("/", headers={"Host": host}).status_code == 200


def test_the_service_says_how_it_is(service: Running) -> None:
    health = service.client.get("/healthz")
    assert health.json()["status"] == "ok"
    assert health.headers["Cache-Control"] == "no-store"


def test_void_counts_what_is_there(service: Running) -> None:
    response = service.client.get("/.well-known/void", headers={"Accept": "application/ld+json"})
    assert response.headers["Content-Type"] == "application/ld+json"
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.JSON_LD)
    void = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX bg: <https://w3id.org/baogao/ns#> "
    rows = store.query(void + "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }")
    counts = {row["c"].value: int(row["n"].value) for row in rows}  # type: ignore[union-attr]
    assert counts["https://w3id.org/baogao/ns#Place"] == 3
    uses = "void:class bg:Project ; void:propertyPartition [ void:property bg:undertakenBy ; void:triples 1 ]"
    assert store.query(f"{void} ASK {{ ?d void:classPartition [ {uses} ] }}")
    total = service.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"]["value"]
    assert store.query(f"{void} ASK {{ <https://w3id.org/baogao/id/dataset> void:triples {total} }}")


# ------------------------------------------------------------------------------------------ Graph Store Protocol

TURTLE = {"Content-Type": "text/turtle; charset=utf-8", **AUTH}


def triples(response: httpx.Response) -> set[str]:
    assert response.headers["Content-Type"] == "text/turtle; charset=utf-8"
    dataset = ox.Dataset(ox.parse(response.content, format=ox.RdfFormat.TURTLE))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


@pytest.mark.parametrize("where", ["/store/person/1.ttl", "/store?graph=http%3A%2F%2Fexample.org%2Fgsp"])
def test_a_graph_is_put_read_replaced_added_to_and_deleted(writable: Running, where: str) -> None:
    client = writable.client
    first = "<http://example.org/1> <http://example.org/card> [ <http://example.org/name> '张三' ] ."
    assert client.get(where).status_code == 404
    assert client.head(where).status_code == 404
    assert client.put(where, content=first.encode(), headers={"Content-Type": "text/turtle"}).status_code == 401
    assert client.put(where, content=first.encode(), headers=TURTLE).status_code == 201
    before = triples(client.get(where, headers={"Accept": "text/turtle"}))
    assert len(before) == 2
    assert client.put(where, content=first.replace("张三", "李四").encode(), headers=TURTLE).status_code == 204
    after = triples(client.get(where, headers={"Accept": "text/turtle"}))
    assert len(after) == 2
    assert after != before
    more = b"<http://example.org/1> <http://example.org/age> 7 ."
    assert client.post(where, content=more, headers=TURTLE).status_code == 204
    assert len(triples(client.get(where))) == 3
    assert client.put(where, content=b"not turtle", headers=TURTLE).status_code == 400
    assert len(triples(client.get(where))) == 3
    head = client.head(where, headers={"Accept": "text/turtle"})
    assert head.status_code == 200
    assert head.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert client.delete(where, headers=AUTH).status_code == 204
    assert client.get(where).status_code == 404
    assert client.delete(where, headers=AUTH).status_code == 404


def test_a_form_of_files_is_added_as_one(writable: Running) -> None:
    where = "/store?graph=http%3A%2F%2Fexample.org%2Fform"
    files = {
        "one": ("one.ttl", "<http://example.org/1> <http://example.org/name> '电站' .".encode(), "text/turtle"),
        "two": ("two.nt", b"_:a <http://example.org/p> _:b .\n", "application/n-triples"),
    }
    assert writable.client.post(where, files=files, headers=AUTH).status_code == 201
    assert len(triples(writable.client.get(where))) == 2
    assert "电站" in writable.client.get(where).text
    wrong = {"one": ("one.txt", b"?", "text/plain")}
    assert writable.client.post(where, files=wrong, headers=AUTH).status_code == 415


def test_a_new_graph_is_named_by_the_service(writable: Running) -> None:
    data = b"<http://example.org/new> a <http://example.org/T> ."
    made = writable.client.post("/store", content=data, headers=TURTLE)
    assert made.status_code == 201
    assert made.headers["Location"].startswith(f"{writable.url}/store/")
    assert len(triples(writable.client.get(made.headers["Location"]))) == 1


def test_the_default_graph_can_be_named(writable: Running) -> None:
    data = b"<http://example.org/d> a <http://example.org/T> ."
    put = writable.client.put("/store?default", content=data, headers=TURTLE)
    assert put.status_code == 204
    assert len(triples(writable.client.get("/store?default"))) == 1


@pytest.mark.parametrize("query", ["", "?graph=", "?default&graph=http://a.org/g", "?graph=a%20b", "?graph=x&graph=y"])
def test_a_graph_must_be_named_clearly(writable: Running, query: str) -> None:
    assert writable.client.put(f"/store{query}", content=b"", headers=TURTLE).status_code == 400
