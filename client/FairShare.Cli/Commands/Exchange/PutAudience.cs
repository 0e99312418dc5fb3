using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>A party that the service found by its address.</summary>
internal sealed record FoundParty(string Email, PartyId Party);

/// <summary>
/// Who may ask for a document: contacts and party ids as they are, and addresses of nobody's among the contacts as the service resolves
/// them. Whoever has no key with the service, or another one than was handed over, is refused before anything is sent.
/// </summary>
internal sealed class PutAudience
{
    private readonly CommandContext context;
    private readonly List<(string Word, PartyId? Party)> wanted;

    /// <exception cref="CommandException"><c>unknown-contact</c>, <c>ambiguous-contact</c>; or nobody is named, or both some and
    /// everybody.</exception>
    public PutAudience(CommandContext context, string[] to, bool open)
    {
        this.context = context;
        wanted = (to, open) switch
        {
            ([], false) => throw new CommandException(
                ExitCode.Usage,
                "no-audience",
                "Say who may ask for the document.",
                "Give --to WHO, once or more, or --open."
            ),
            ([_, ..], true) => throw new CommandException(
                ExitCode.Usage,
                "usage",
                "--to and --open exclude each other: a document is for some parties, or for every party.",
                "Leave one of them out."
            ),
            _ =>
            [
                .. to.Select(word => (word, EmailAddress.TryParse(word, out _) ? context.Names.Find(word) : context.Names.Resolve(word))),
            ],
        };
    }

    /// <summary>Those that the service found by an address.</summary>
    public List<FoundParty> Found { get; } = [];

    /// <summary>The parties; empty for everybody.</summary>
    public async Task<IReadOnlyList<PartyId>> ResolveAsync(FairShareClient client, CancellationToken cancellationToken)
    {
        var parties = new List<PartyId>();
        foreach (var (word, known) in wanted)
        {
            var party = known ?? await LookUpAsync(client, word, cancellationToken);
            await RequireKeysAsync(client, party, cancellationToken);
            parties.Add(party);
        }

        // Somebody may be named twice, or by two names.
        return [.. parties.Distinct()];
    }

    private async Task<PartyId> LookUpAsync(FairShareClient client, string email, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.Api.CallAsync(PartyRoutes.LookUpParty, new LookupRequest(email), cancellationToken);
            var party = PartyId.Parse(answer.Party);
            Found.Add(new FoundParty(email, party));
            return party;
        }
        catch (FairShareProblem problem) when (problem.Code == PartyProblems.PartyNotFound.Code)
        {
            throw new CommandException(
                ExitCode.Usage,
                "unknown-contact",
                $"{email} is no contact's address, and nobody lets themselves be looked up by it.",
                "Nothing was sent. Ask them for the line that fairshare whoami prints, or to run fairshare lookup enable."
            );
        }
    }

    // A document for nobody would wait for ever: a mistyped id is a party of no key.
    private async Task RequireKeysAsync(FairShareClient client, PartyId party, CancellationToken cancellationToken)
    {
        var keys = await client.Directory.RefreshAsync(party, cancellationToken);
        if (keys.Count == 0)
        {
            throw new CommandException(
                ExitCode.Usage,
                "unknown-party",
                $"{party} has no key with this service: it is no party of it, or has not logged in yet.",
                "Nothing was sent. Compare the id, or ask them to log in once."
            );
        }

        ContactKeys.Require(
            context,
            party,
            keys,
            "Nothing was sent. Ask them, over a channel that you both trust, for the line that fairshare whoami prints."
        );
    }
}
