using System.Text.Json;
using FairShare.Aws.Standing;
using FairShare.Aws.Table;
using FairShare.Contracts;
using FairShare.Contracts.Standing;
using FairShare.Core.Identifiers;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Hosting;

/// <summary>The parts that a coordinator's handlers are made of; each is made when it is first asked for.</summary>
internal sealed class StandingParts(AwsClients clients, FunctionSettings settings, TimeProvider time, IRandomness randomness)
{
    private readonly Lazy<StandingRepository> work = new(() =>
        new StandingRepository(new ItemTable(clients.DynamoDb(), settings.StandingTable, new ConflictRetry(time, randomness)))
    );

    private readonly Lazy<StandingRounds> rounds = new(() => new StandingRounds(clients.StepFunctions()));

    private readonly Lazy<HttpClient> outward = new(() => AwsClients.Outward(new AddressRule(settings.CarriesToLoopback)));

    public StandingRepository Work => work.Value;

    public StandingRounds Rounds => rounds.Value;

    /// <summary>Where orders are carried.</summary>
    public AddressRule Rule => new(settings.CarriesToLoopback);

    /// <summary>A connection to whom work names.</summary>
    public HttpClient Outward => outward.Value;

    /// <summary>Reads what was handed over.</summary>
    public static StandingWork Read(HandedWork kept) =>
        JsonSerializer.Deserialize(kept.Work, ContractJson.Lenient.TypeOf<StandingWork>())
        ?? throw new InvalidOperationException("The work that is kept is malformed.");
}
