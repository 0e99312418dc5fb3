using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Profiles;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Parties;

/// <summary><c>whoami</c>, and <c>contacts list</c>, <c>contacts add</c> and <c>contacts remove</c>.</summary>
internal static class ContactCommands
{
    public static Command WhoAmI(CommandRunner runner)
    {
        var name = new Option<string?>("--name") { Description = "What others may call you (default: your address before the @)." };
        return runner.Attach(
            new Command("whoami", "Show who you are, as a line to hand over to others.") { name },
            (context, _) =>
            {
                var settings = context.RequireSettings();
                var party =
                    settings.Party
                    ?? throw new CommandException(ExitCode.NotLoggedIn, "not-logged-in", "You are not logged in.", "Run fairshare login.");
                var called = context.Arguments.GetValue(name) ?? settings.Email.Split('@')[0];
                RequireName(called);
                var contact = new Contact(called, settings.Email, party, settings.SigningKey);
                return Task.FromResult(new CommandResult(Describe(contact), [contact.ToString()]));
            }
        );
    }

    public static Command Create(CommandRunner runner) =>
        new("contacts", "The people whom you exchange documents with.") { List(runner), Add(runner), Remove(runner) };

    private static Command List(CommandRunner runner) =>
        runner.Attach(
            new Command("list", "List your contacts."),
            (context, _) =>
            {
                var all = context.Profile.Contacts.All;
                return Task.FromResult(
                    new CommandResult(
                        new JsonObject { ["contacts"] = new JsonArray([.. all.Select(Describe)]) },
                        all.Count == 0
                            ? ["No contacts."]
                            :
                            [
                                .. Columns.Lines(
                                    ["NAME", "ADDRESS", "PARTY", "KEY"],
                                    all.Select(contact => new[] { contact.Name, contact.Email, contact.Party, contact.Key ?? "-" })
                                ),
                            ]
                    )
                );
            }
        );

    private static Command Add(CommandRunner runner)
    {
        var line = new Argument<string[]>("line")
        {
            Description = "The line that they have from fairshare whoami: NAME <EMAIL> PARTY KEY.",
            Arity = ArgumentArity.OneOrMore,
        };
        var name = new Option<string?>("--name") { Description = "What to call them (default: the name in the line)." };
        return runner.Attach(
            new Command("add", "Add a contact, or replace the one of the same party.") { line, name },
            (context, _) =>
            {
                var given = string.Join(' ', context.Arguments.GetRequiredValue(line));
                var contact =
                    Contact.TryParse(given)
                    ?? throw new CommandException(
                        ExitCode.Usage,
                        "invalid-contact",
                        $"{given} is not a line of the form NAME <EMAIL> PARTY KEY.",
                        "Give the whole line that fairshare whoami prints, in quotation marks."
                    );
                var called = context.Arguments.GetValue(name);
                contact = contact with { Name = called is null ? contact.Name : DocumentName.Compose(called) };
                RequireName(contact.Name);
                context.Profile.Contacts.Put(contact);
                var isComposed = DocumentName.Compose(given) == given && (called is null || called == contact.Name);
                return Task.FromResult(
                    new CommandResult(
                        Describe(contact),
                        [
                            $"{contact.Name} is party {contact.Party}, address {contact.Email}.",
                            .. isComposed ? Array.Empty<string>() : ["It is written in composed characters (Unicode form C)."],
                        ]
                    )
                );
            }
        );
    }

    private static Command Remove(CommandRunner runner)
    {
        var who = new Argument<string>("who") { Description = "A contact's name, address or party id." };
        return runner.Attach(
            new Command("remove", "Remove a contact; what was exchanged stays.") { who },
            (context, _) =>
            {
                var party = context.Names.Resolve(context.Arguments.GetRequiredValue(who)).ToString();
                var contact =
                    context.Profile.Contacts.All.FirstOrDefault(known => known.Party == party)
                    ?? throw new CommandException(
                        ExitCode.Usage,
                        "unknown-contact",
                        $"{party} is not among your contacts.",
                        "See fairshare contacts list."
                    );
                context.Profile.Contacts.Remove(contact);
                return Task.FromResult(new CommandResult(Describe(contact), [$"Removed {contact.Name}."]));
            }
        );
    }

    private static void RequireName(string name)
    {
        if (Contact.FaultOf(name) is { } fault)
        {
            throw new CommandException(
                ExitCode.Usage,
                "invalid-contact-name",
                $"Nobody can be called '{RefusedText.Of(name)}': {fault}.",
                "Give another name with --name."
            );
        }
    }

    private static JsonObject Describe(Contact contact) =>
        new()
        {
            ["name"] = contact.Name,
            ["email"] = contact.Email,
            ["party"] = contact.Party,
            ["kid"] = contact.Key,
            ["line"] = contact.ToString(),
        };
}
