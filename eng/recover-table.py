#!/usr/bin/env python3
"""Brings the evidence table back from a backup: restore, fill, swap, repoint. docs/recovery.md says when, and what to look at between them.
Needs boto3, and the rights of an operator."""
import argparse
import collections
import json
import sys
import time

import boto3

# What proves something is written once: where both tables have it, the backup's is older than any damage.
WRITTEN_ONCE = ("DEPOSIT#", "EXCHANGE#", "STORE#", "KEY#", "LOG#", "STAMP#")
# What is deleted when somebody withdraws or uses it up: what the damaged table lacks of these is gone on purpose, or is given anew.
WITHDRAWN = ("LOOKUP", "NONCE", "SENDERNONCE")
STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}


def restore(dynamo, arguments):
    began = time.monotonic()

    def start(name):
        if arguments.backup:
            dynamo.restore_table_from_backup(TargetTableName=name, BackupArn=arguments.backup)
        else:
            dynamo.restore_table_to_point_in_time(SourceTableName=arguments.of, TargetTableName=name, RestoreDateTime=arguments.at)

    make(dynamo, arguments.to, arguments.poll, start)
    print(f"restored {len(items_of(dynamo, arguments.to))} items into {arguments.to} in {time.monotonic() - began:.1f} s")


def make(dynamo, name, poll, start):
    start(name)
    dynamo.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": poll, "MaxAttempts": 2000})
    # A restored table has neither.
    dynamo.update_table(TableName=name, StreamSpecification=STREAM)
    dynamo.update_time_to_live(TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiresAt"})


def fill(dynamo, arguments):
    damaged = items_of(dynamo, getattr(arguments, "from"))
    taken, only, disputed, changed = compare(items_of(dynamo, arguments.to), damaged)
    for key in taken:
        dynamo.put_item(TableName=arguments.to, Item=damaged[key])
    kinds = {kind for kind in (*WITHDRAWN, *arguments.leave_out) if kind not in arguments.bring_back}
    left_out = {key for key in only if kind_of(key) in kinds}
    for partition, sort in left_out:
        dynamo.delete_item(TableName=arguments.to, Key={"pk": {"S": partition}, "sk": {"S": sort}})
    print(f"took {len(taken)} items that the backup lacks or has otherwise")
    show("kept, which the damaged table lacks", only - left_out)
    show("left out, which the damaged table lacks", left_out, names=True)
    show("kept as the backup has it, where the damaged table has another", disputed)
    show("taken as the damaged table has it, where the backup has another", changed)


def compare(good, damaged):
    only = {key for key in good if key not in damaged}
    differing = {key for key, item in damaged.items() if key in good and good[key] != item}
    disputed = {key for key in differing if key[0].startswith(WRITTEN_ONCE)}
    changed = differing - disputed
    return {key for key in damaged if key not in good} | changed, only, disputed, changed


def kind_of(key):
    return key[0].split("#")[0]


def show(what, keys, names=False):
    evidence = sorted(key for key in keys if key[0].startswith(WRITTEN_ONCE))
    others = collections.Counter(map(kind_of, keys - set(evidence)))
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(others.items()))
    print(f"{what}: {len(evidence)} of evidence; of others {kinds or 'none'}")
    for partition, sort in sorted(keys) if names else evidence:
        print(f"  {partition} {sort}")


def items_of(dynamo, table):
    pages = dynamo.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return {(item["pk"]["S"], item["sk"]["S"]): item for page in pages for item in page["Items"]}


def swap(dynamo, arguments):
    began = time.monotonic()
    since = compare(items_of(dynamo, arguments.by), items_of(dynamo, arguments.damaged))[0]
    if since:
        sys.exit(f"{len(since)} items came into {arguments.damaged} since it was filled from: stop what writes there, and fill again.")
    filled, kept = back_up(dynamo, arguments.by, "filled", arguments.poll), back_up(dynamo, arguments.damaged, "damaged", arguments.poll)
    print(f"the damaged table is kept as {kept}")
    dynamo.delete_table(TableName=arguments.damaged)
    dynamo.get_waiter("table_not_exists").wait(
        TableName=arguments.damaged, WaiterConfig={"Delay": arguments.poll, "MaxAttempts": 2000})
    make(dynamo, arguments.damaged, arguments.poll, lambda name: dynamo.restore_table_from_backup(
        TargetTableName=name, BackupArn=filled))
    print(f"{arguments.damaged} has the items of {arguments.by}; it was away for {time.monotonic() - began:.1f} s")


# A table that is deleted while its backup is being made may have none.
def back_up(dynamo, table, name, poll):
    made = dynamo.create_backup(TableName=table, BackupName=name)["BackupDetails"]
    while made["BackupStatus"] != "AVAILABLE":
        if made["BackupStatus"] == "DELETED":
            sys.exit(f"the backup of {table} was deleted while it was made; {table} is as it was.")
        time.sleep(poll)
        made = dynamo.describe_backup(BackupArn=made["BackupArn"])["BackupDescription"]["BackupDetails"]
    return made["BackupArn"]


def repoint(dynamo, arguments):
    with open(arguments.template, encoding="utf-8") as file:
        template = json.load(file)
    stream = dynamo.describe_table(TableName=arguments.table)["Table"]["LatestStreamArn"]
    [table] = [name for name, one in template["Resources"].items()
               if one["Type"] == "AWS::DynamoDB::Table" and name.startswith("EvidenceTable")]
    with open(arguments.out, "w", encoding="utf-8") as file:
        json.dump(resolve(template, {"Fn::GetAtt": [table, "StreamArn"]}, stream), file, indent=1)
    print(f"{arguments.out} reads {stream}")


def resolve(node, reference, value):
    if node == reference:
        return value
    if isinstance(node, dict):
        return {name: resolve(member, reference, value) for name, member in node.items()}
    return [resolve(member, reference, value) for member in node] if isinstance(node, list) else node


def no_evidence(kind):
    if f"{kind}#".startswith(WRITTEN_ONCE) or "#" in kind:
        raise argparse.ArgumentTypeError(f"{kind} is evidence, or no kind")
    return kind


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("restore", help="make a new table of a backup, or of what a table was at a time")
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument("--backup", help="the ARN of a backup of DynamoDB's own")
    source.add_argument("--at", help="a time (ISO 8601) of the table that --of names; needs its point-in-time recovery")
    command.add_argument("--of")
    command.add_argument("--to", required=True)
    command.add_argument("--poll", type=int, default=20, help="seconds between two looks")
    command.set_defaults(run=restore)
    command = commands.add_parser("fill", help="take over what has come since, and keep what was damaged")
    command.add_argument("--from", required=True)
    command.add_argument("--to", required=True)
    command.add_argument("--bring-back", metavar="KIND", action="append", default=[], choices=WITHDRAWN,
                         help="keep what the damaged table lacks of this kind: " + ", ".join(WITHDRAWN))
    command.add_argument("--leave-out", metavar="KIND", action="append", default=[], type=no_evidence,
                         help="leave out what the damaged table lacks of this kind, as of " + ", ".join(WITHDRAWN))
    command.set_defaults(run=fill)
    command = commands.add_parser("swap", help="delete the damaged table, of which a backup is kept, and put the filled one in its place")
    command.add_argument("--damaged", required=True)
    command.add_argument("--by", required=True)
    command.add_argument("--poll", type=int, default=20, help="seconds between two looks")
    command.set_defaults(run=swap)
    command = commands.add_parser("repoint", help="write a template by which the log reads the new table's stream")
    command.add_argument("--template", required=True)
    command.add_argument("--table", required=True)
    command.add_argument("--out", required=True)
    command.set_defaults(run=repoint)
    arguments = parser.parse_args()
    arguments.run(boto3.client("dynamodb"), arguments)


if __name__ == "__main__":
    main()
