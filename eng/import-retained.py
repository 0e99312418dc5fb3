#!/usr/bin/env python3
"""Writes what brings retained resources into a new stack: a template of them alone, and the list that CloudFormation wants beside it.
docs/teardown.md says how both are used. Needs nothing but Python."""
import argparse
import json
import os
import sys

# By what CloudFormation finds each: the primary identifiers of the resource types.
IDENTIFIERS = {
    "AWS::Backup::BackupVault": "BackupVaultName",
    "AWS::Cognito::UserPool": "UserPoolId",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::KMS::Key": "KeyId",
    "AWS::S3::Bucket": "BucketName",
}
# Made anew by the next deployment, so that the new stack has no use for the old ones.
MADE_ANEW = ("AWS::Lambda::Version", "AWS::StepFunctions::StateMachineVersion")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--template", required=True, help="the template of the stack, as it was deployed")
    parser.add_argument("--resources", required=True, help="what aws cloudformation list-stack-resources printed before")
    parser.add_argument("--out", required=True, help="the folder for import.json and resources-to-import.json")
    arguments = parser.parse_args()
    template, known = read(arguments.template), {
        one["LogicalResourceId"]: one["PhysicalResourceId"] for one in read(arguments.resources)["StackResourceSummaries"]}
    retained = {name: one for name, one in template["Resources"].items() if one.get("DeletionPolicy") == "Retain"}
    taken = {name: one for name, one in retained.items() if one["Type"] not in MADE_ANEW}
    for name, one in taken.items():
        if one["Type"] not in IDENTIFIERS:
            sys.exit(f"How {name}, a {one['Type']}, is imported is not known here.")
        if name not in known:
            sys.exit(f"{arguments.resources} does not have {name}.")
    # A template that imports has nothing else: what refers to others, as a policy to roles, comes with the next deployment.
    imported = {name: {**one, "Properties": alone(one.get("Properties", {}), taken)} for name, one in taken.items()}
    for one in imported.values():
        one.pop("DependsOn", None)
        one.pop("Metadata", None)
    names = {**{name: value for name, value in template.items() if name in ("Parameters", "Conditions", "Mappings")}}
    os.makedirs(arguments.out, exist_ok=True)
    write(arguments.out, "import.json", {
        "Description": template.get("Description", ""), **used(names, imported), "Resources": imported})
    write(arguments.out, "resources-to-import.json", [
        {"ResourceType": one["Type"], "LogicalResourceId": name,
         "ResourceIdentifier": {IDENTIFIERS[one["Type"]]: known[name].split("/")[-1] if one["Type"] == "AWS::KMS::Key" else known[name]}}
        for name, one in imported.items()])
    print(f"{len(imported)} resources to import; {len(retained) - len(taken)} versions are left as they are")


def alone(properties, taken):
    return {name: value for name, value in properties.items() if all(other in taken for other in references(value))}


# Pseudo parameters are there in every template.
def references(node):
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "Ref" and not value.startswith("AWS::"):
                yield value
            elif name == "Fn::GetAtt":
                yield value[0] if isinstance(value, list) else value.split(".")[0]
            else:
                yield from references(value)
    elif isinstance(node, list):
        for member in node:
            yield from references(member)


def used(names, imported):
    text = json.dumps(imported)
    parts = {kind: {name: one for name, one in members.items() if f'"{name}"' in text} for kind, members in names.items()}
    return {kind: members for kind, members in parts.items() if members}


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write(folder, name, content):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.write("\n")


main()
