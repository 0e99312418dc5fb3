"""Runs AWS CLI commands one after another in one process: the arguments come as a line of JSON, the outcome leaves as one."""
import base64
import contextlib
import functools
import io
import json
import sys

import botocore.session
from awscli.clidriver import create_clidriver

# A session of its own for each command, as in a new process; the descriptions of the services, megabytes of JSON, are read once for all.
botocore.session.create_loader = functools.cache(botocore.session.create_loader)


def with_octets(value, shape):
    """The parameters with octets for base64, which is how JSON writes them and version 1 of the CLI does not read them."""
    if shape.type_name == "blob" and isinstance(value, str):
        return base64.b64decode(value)
    if shape.type_name == "structure" and isinstance(value, dict):
        return {name: with_octets(member, shape.members[name]) if name in shape.members else member for name, member in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [with_octets(item, shape.member) for item in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {name: with_octets(item, shape.value) for name, item in value.items()}
    return value


def run(arguments):
    driver = create_clidriver()
    refusal = {}

    def before(params, model, **_):
        if model.input_shape is not None and isinstance(params, dict):
            params.update(with_octets(params, model.input_shape))

    def after(parsed, **_):
        refusal.update(parsed if "Error" in parsed else {})

    driver.session.register("before-parameter-build", before)
    driver.session.register("after-call", after)
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = driver.main(arguments)
        except SystemExit as ended:
            code = ended.code
    return {
        "exitCode": code or 0,
        "output": out.buffer.getvalue().decode("utf-8"),
        "error": err.buffer.getvalue().decode("utf-8"),
        "refusal": refusal or None,
    }


def main():
    answers = sys.stdout
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line)), default=str), file=answers, flush=True)


main()
