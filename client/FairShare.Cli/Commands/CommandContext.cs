using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Cli.Settings;
using FairShare.Client.Clocks;
using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Profiles;
using FairShare.Client.Trust;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands;

/// <summary>What a command works with: its arguments, the profile, the terminal, and the way to the service.</summary>
internal sealed class CommandContext(ParseResult arguments, Terminal terminal, CommandEnvironment environment, TimeProvider time)
    : IDisposable
{
    private readonly List<IDisposable> owned = [];

    public ParseResult Arguments { get; } = arguments;

    public Terminal Terminal { get; } = terminal;

    public CommandEnvironment Environment { get; } = environment;

    public TimeProvider Time { get; } = time;

    public bool Json => Arguments.GetValue(GlobalOptions.Json);

    public Profile Profile => field ??= new Profile(Arguments.GetValue(GlobalOptions.Home) ?? Environment.Home);

    /// <summary>For how long an answer, or the next part of one, is waited for.</summary>
    /// <exception cref="CommandException"><c>usage</c>.</exception>
    public TimeSpan CallTimeout =>
        Arguments.GetValue(GlobalOptions.Timeout) is >= 1 and <= 3600 and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new CommandException(ExitCode.Usage, "usage", "--timeout is a number from 1 to 3600.", "Give the seconds to wait.");

    /// <summary>Parties as people call them.</summary>
    public PartyNames Names => field ??= new PartyNames(Profile.Contacts, Profile.Settings?.Party);

    public Secrets Secrets => new(this);

    /// <summary>What a failure from now on has to say besides: what stands, and how to go on.</summary>
    public Func<Failure, Failure> Amend { get; set; } = failure => failure;

    /// <summary>The service's clock, once it has answered; null before any call.</summary>
    public ServiceClock? Clock { get; private set; }

    /// <summary>Requires, once the service has answered, a clock by which a session and evidence are what they say.</summary>
    /// <exception cref="ClockProblem">It is off by more than a minute.</exception>
    public void RequireClock()
    {
        if (Clock is { IsOff: true } clock)
        {
            throw new ClockProblem(clock.Describe());
        }
    }

    /// <summary>The profile's settings.</summary>
    /// <exception cref="CommandException">There are none yet.</exception>
    public ProfileSettings RequireSettings() =>
        Profile.Settings
        ?? throw new CommandException(
            ExitCode.NotLoggedIn,
            "not-registered",
            $"The profile {Profile.Folder} belongs to nobody yet.",
            "Run fairshare register, or fairshare login with --email EMAIL --service URL."
        );

    /// <summary>The API at an address, without a session.</summary>
    public FairShareApi Api(string service) => new(Connection(service), null, Time, new SystemRandomness());

    /// <summary>A connection to an address, without a session.</summary>
    /// <exception cref="CommandException">It is no address.</exception>
    public HttpClient Connect(string address) => Connection(address);

    /// <summary>The stores that the profile has pinned.</summary>
    public StorePins Pins => new(Profile.Trust, Time);

    /// <summary>
    /// The user pool that a service names, for who signs up: nothing need be pinned yet, but what is must not have changed.
    /// </summary>
    /// <exception cref="StoreKeyProblem">The service shows another store or key than the pinned.</exception>
    public async Task<CognitoClient> IdentityAsync(string service, CancellationToken cancellationToken)
    {
        var api = Api(service);
        var described = await api.CallAsync(PartyRoutes.DescribeService, cancellationToken);
        Pins.Propose(api.Address, described);
        return Identity(described);
    }

    /// <summary>The user pool of who is logged in, and the session's access token, which only the pinned store's service gets.</summary>
    /// <exception cref="CommandException">There is no session, or it has ended.</exception>
    /// <exception cref="StoreNotPinnedProblem">Nothing is pinned of the service.</exception>
    /// <exception cref="StoreKeyProblem">The service shows another store or key than the pinned.</exception>
    public async Task<(CognitoClient Identity, string AccessToken)> OwnIdentityAsync(CancellationToken cancellationToken)
    {
        var api = Api(RequireSettings().Service);
        RequireSession();
        var described = await api.CallAsync(PartyRoutes.DescribeService, cancellationToken);
        Pins.Require(api.Address, described);
        return (Identity(described), await Tokens(Connection(RequireSettings().Service)).GetAsync(cancellationToken));
    }

    /// <summary>The user pool that a discovery document names.</summary>
    public CognitoClient Identity(ServiceDescription service) =>
        new(Own(new HttpClient { Timeout = CallTimeout }), service.Identity, Time, new SystemRandomness());

    /// <summary>The service, as the party that is logged in.</summary>
    /// <exception cref="CommandException">Nobody is.</exception>
    public Task<FairShareClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var settings = RequireSettings();
        var http = Connection(settings.Service);
        var tokens = Tokens(http);
        RequireSession();
        var party = PartyId.Parse(settings.Party ?? throw NotLoggedIn());
        RequireSessionOf(party);
        var api = new FairShareApi(http, tokens.GetAsync, Time, new SystemRandomness());
        var transfers = Own(new HttpClient { Timeout = Timeout.InfiniteTimeSpan });
        return FairShareClient.ConnectAsync(
            new FairShareClientOptions(api, transfers, Profile, party, Time, new SystemRandomness())
            {
                Clock = Clock,
                StampsEvidence = Arguments.GetValue(StampOption.Stamp),
                Patience = CallTimeout,
                SignsOnce = !Arguments.GetValue(AgainOption.Again),
            },
            cancellationToken
        );
    }

    /// <summary>The profile's signing key, opened.</summary>
    /// <exception cref="CommandException">There is none, or it is not the party's; nothing was signed.</exception>
    public async Task<IPartySigner> OpenSignerAsync(FairShareClient client, CancellationToken cancellationToken) =>
        Own(await new SigningKey(this).OpenAsync(client, cancellationToken));

    public void Dispose()
    {
        foreach (var one in Enumerable.Reverse(owned))
        {
            one.Dispose();
        }
    }

    private void RequireSession()
    {
        if (Profile.Session is null)
        {
            throw NotLoggedIn();
        }
    }

    private void RequireSessionOf(PartyId party)
    {
        if (CognitoClient.FindPartyOf(Profile.Session!.AccessToken) != party)
        {
            throw new CommandException(
                ExitCode.NotLoggedIn,
                "session-of-another",
                $"The session in {Profile.Folder} is not one of the party {party}, to which that profile belongs.",
                "Run fairshare login."
            );
        }
    }

    private static CommandException NotLoggedIn() =>
        new(ExitCode.NotLoggedIn, "not-logged-in", "You are not logged in.", "Run fairshare login.");

    private AccessTokens Tokens(HttpClient http) =>
        Own(new AccessTokens(Profile, http, Own(new HttpClient { Timeout = CallTimeout }), Time));

    private HttpClient Connection(string service) =>
        Uri.TryCreate(service.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? Own(new HttpClient(Clock = new ServiceClock(Time, new SocketsHttpHandler())) { BaseAddress = address, Timeout = CallTimeout })
            : throw new CommandException(
                ExitCode.Usage,
                "invalid-url",
                $"{service} is not the address of a service.",
                "Give one like https://api.example with --service."
            );

    private T Own<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }
}
